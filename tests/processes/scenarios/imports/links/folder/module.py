NAME = "in a linked folder"
