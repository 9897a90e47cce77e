# An alias over several lines is worked out when somebody asks.
# python: >=3.12
type A = (
    undefined
    | int
)
type B[T] = list[T]
x = B.__value__
