# A Process of the program's own, started from a process, with lines after its end.
import multiprocessing
import multiprocessing.connection
import multiprocessing.util


class Worker(multiprocessing.Process):
    def __init__(self, depth):
        super().__init__(name=f"worker {depth}")
        self.depth = depth

    def run(self):
        multiprocessing.util.Finalize(None, last, args=(self.depth,), exitpriority=1)
        if self.depth:
            child = Worker(self.depth - 1)
            child.start()
            multiprocessing.connection.wait([child.sentinel])
            child.join()
        print(self.name, flush=True)


def last(depth):
    print("last of", depth, flush=True)


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    worker = Worker(2)
    worker.start()
    worker.join()
    print(worker.exitcode, multiprocessing.active_children())
