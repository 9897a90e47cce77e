if __name__ == "__main__":
    result = "never"  # not run
else:
    result = "folder"
