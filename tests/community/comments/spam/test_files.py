import pytest

from community.comments.spam import files


def read(path, content: str | bytes):
    path = path / "spam.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return files.read(path)


class TestRead:
    def test_takes_the_two_columns_in_any_order_and_leaves_others(self, tmp_path):
        rows = read(tmp_path, 'video,is_spam,text\npsy,1,"Koop, nu"\npsy,0,"Mooi\nverhaal"\n')

        assert rows == [("Koop, nu", True), ("Mooi\nverhaal", False)]

    @pytest.mark.parametrize(
        ("word", "meaning"),
        [("1", True), ("true", True), (" TRUE ", True), ("0", False), ("False", False)],
    )
    def test_understands_both_ways_of_saying_yes_and_no(self, tmp_path, word, meaning):
        assert read(tmp_path, f"text,is_spam\nHallo,{word}\n") == [("Hallo", meaning)]

    def test_leaves_rows_without_a_text_out(self, tmp_path):
        assert read(tmp_path, "text,is_spam\n  ,1\nHallo,0\n") == [("Hallo", False)]

    def test_takes_the_mark_that_spreadsheets_put_in_front(self, tmp_path):
        assert read(tmp_path, "\ufefftext,is_spam\nHallo,0\n") == [("Hallo", False)]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            ("", "no column 'text'"),
            ("tekst,is_spam\na,1\n", "no column 'text'"),
            ("text,spam\na,1\n", "no column 'is_spam'"),
            ("text,is_spam\na,1\nb,misschien\n", "line 3: is_spam is 'misschien'"),
            ("text,is_spam\na\n", "line 2: is_spam is ''"),
            ("text,is_spam\na,\u0661\n", "line 2"),
            (b"text,is_spam\n\xff,1\n", "not UTF-8"),
            ("text,is_spam\n" + "a" * 200_000 + ",1\n", "line"),
        ],
    )
    def test_says_in_one_line_what_is_wrong(self, tmp_path, content, why):
        with pytest.raises(files.NotReadable) as told:
            read(tmp_path, content)

        assert why in str(told.value)
        assert "\n" not in str(told.value)

    def test_says_that_there_is_no_such_file(self, tmp_path):
        with pytest.raises(files.NotReadable, match="No such file"):
            files.read(tmp_path / "nergens.csv")

    def test_takes_a_folder_for_no_file(self, tmp_path):
        with pytest.raises(files.NotReadable):
            files.read(tmp_path)
