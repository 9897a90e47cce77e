def work(n):  # either <3.12
    total = 0  # either <3.12
    for i in range(n):  # either <3.12
        total += i  # either <3.12
    return total  # either <3.12


def other():  # either <3.12
    return work(2)  # either <3.12


print("before")  # either <3.12
print(work(3))  # either <3.12
print(other())  # either <3.12
