# An object that says when it goes.
# python: >=3.11
class C:
    gone = 0

    def __del__(self):
        C.gone += 1


C()
