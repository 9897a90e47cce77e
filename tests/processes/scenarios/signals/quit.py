# SIGQUIT from outside, in the middle of a sort with a key function.
# send: QUIT
def key(number):
    if number == 500 and not told:
        told.append(number)
        print("ready", flush=True)
    return -number


told = []


while True:
    sorted(range(100_000), key=key)
