from . import WORD

result = WORD
