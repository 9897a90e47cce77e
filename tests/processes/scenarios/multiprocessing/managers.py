# Managers, shared memory, queues, pipes, locks and values between processes.
import multiprocessing
import multiprocessing.managers
import multiprocessing.shared_memory


class Counter:
    def __init__(self):
        self.value = 0

    def add(self, n):
        self.value += n
        return self.value

    def unused(self):
        return self.value  # not run


class Manager(multiprocessing.managers.BaseManager):
    pass


Manager.register("Counter", Counter)


def through_manager(counter, numbers, n):
    counter.add(n)
    numbers.append(n)


def through_queue(questions, answers):
    for question in iter(questions.get, None):
        answers.put(question * 2)


def through_memory(name, lock, total):
    memory = multiprocessing.shared_memory.SharedMemory(name)
    with lock:
        memory.buf[0] += 1
        total.value += 1.5
    memory.close()


def through_pipe(end):
    end.send(end.recv().upper())
    end.close()


def start(context, target, *arguments):
    process = context.Process(target=target, args=arguments)
    process.start()
    return process


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with Manager() as manager, context.Manager() as usual:
        counter, numbers = manager.Counter(), usual.list()
        processes = [start(context, through_manager, counter, numbers, n) for n in (1, 2)]
        for process in processes:
            process.join()
        print(counter.add(0), sorted(numbers))
    questions, answers = context.Queue(), context.Queue()
    process = start(context, through_queue, questions, answers)
    for question in (1, "a", None):
        questions.put(question)
    print(answers.get(), answers.get())
    process.join()
    memory = multiprocessing.shared_memory.SharedMemory(create=True, size=10)
    lock, total = context.Lock(), context.Value("d", 0)
    processes = [start(context, through_memory, memory.name, lock, total) for _ in range(2)]
    for process in processes:
        process.join()
    print(memory.buf[0], total.value)
    memory.close()
    memory.unlink()
    ours, theirs = context.Pipe()
    process = start(context, through_pipe, theirs)
    ours.send("word")
    print(ours.recv())
    process.join()
