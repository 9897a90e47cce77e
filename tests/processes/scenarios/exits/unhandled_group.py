# A group of exceptions that is handled in part.
def fail(kind):
    raise kind("from " + kind.__name__)


def gather(*kinds):
    problems = []
    for kind in kinds:
        try:
            fail(kind)
        except Exception as problem:
            problems.append(problem)
    raise ExceptionGroup("several", problems)


try:
    gather(ValueError, TypeError, KeyError)
except* TypeError as group:
    print("types", len(group.exceptions))
except* OSError:
    print("never")  # not run
print("never")  # not run
