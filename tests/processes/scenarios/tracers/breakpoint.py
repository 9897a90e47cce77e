# breakpoint() in the middle; the debugger is left by `continue` once, by `quit` then.
# python: !=3.13
# unknown: <3.12
# stdin: p number
# stdin: next
# stdin: next
# stdin: continue
# stdin: up
# stdin: quit
def work(number):
    text = str(number)
    if number == 1:
        breakpoint()
        text += "!"  # either <3.12
    elif number == 3:  # either <3.12
        breakpoint()  # either <3.12
        text += "never"  # not run
    return text  # either <3.12


for number in range(5):
    print(work(number))
print("never")  # not run
