if __name__ == "my_name":
    result = given
elif __name__ == "__main__":
    result = "main"
else:
    result = "never"  # not run
