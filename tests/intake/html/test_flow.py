"""Words flowing into lines."""

from madoguchi.intake.html.flow import Flow


def test_spaces_run_together_and_blocks_begin_lines() -> None:
    flow = Flow()
    flow.write(" a  b ")
    flow.line()
    flow.write(" c")
    flow.line(2)
    flow.line()
    flow.write("d ")
    assert flow.text() == "a b\nc\n\nd"


def test_a_mark_stands_at_the_next_word_after_bullet_and_gap() -> None:
    flow = Flow()
    flow.write("a")
    flow.line()
    flow.list_starts(None)
    flow.item_starts(None)
    mark = flow.mark()
    flow.write(" b")
    start, end = flow.span(mark)
    assert flow.text() == "a\n・b"
    assert flow.text()[start:end] == "b"


def test_cells_stand_on_the_line_of_their_row() -> None:
    flow = Flow()
    for row in (["a", "b"], ["", "c"], ["d", "", "e"]):
        flow.row_starts()
        for cell in row:
            flow.cell()
            flow.line(2)
            flow.write(cell)
            flow.line(2)
        flow.row_ends()
    assert flow.text() == "a\tb\nc\nd\t\te"
