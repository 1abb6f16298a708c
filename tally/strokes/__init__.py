"""The order of names by strokes: the table of characters and the keys of names (姓氏笔画, 姓名笔画)."""
