"""What happened on a day: the event that the words behind (or before) a date tell."""

import re
from collections.abc import Iterator

from madoguchi.reading import patterns

_W = patterns.load("events")
_ENDS = re.compile("。|(?:ました|ていた|でした)が、")
_POSTED = re.compile("掲載|公開|配信")
_BUTTONS = re.compile("「[^」]{1,30}」(?!と)")
"""Names of screens and features (「ご注文内容の確認」); what somebody said goes on with と."""
_LABELS = {
    "label_occurred": "occurred",
    "label_discovered": "discovered",
    "label_disclosed": "disclosed",
    "label_reported": "reported",
}
_CLAUSE_WORDS = {
    "発生": "occurred",
    "受けた": "occurred",
    "判明": "discovered",
    "発覚": "discovered",
    "検知": "discovered",
}


def of_label(label: str) -> str | None:
    """Return the event that a line's label names (発生日時), or None."""
    return next((event for name, event in _LABELS.items() if _W[name].search(label)), None)


def of_segment(before: str, segment: str, *, stretch: bool) -> list[str]:
    """Return the events of a day, each once.

    ``before`` is the sentence up to the date, ``segment`` what follows up to the next date; ``stretch`` says that the
    date is a stretch of time, on which things happened rather than were found.
    """
    if _W["earlier_notice"].search(segment):
        return ["disclosed"]
    if clause := _W["relative_clause"].search(segment):
        return ["occurred"] if clause["begun"] else [_of_clause(clause["what"], segment)]
    found = dict.fromkeys(_events(before, segment, stretch=stretch))
    told = _sentence_of(_W["occurred"], segment)
    inside = (len(found) > 1 and _within(told)) or bool(_W["told_of"].search(told))
    if _W["traces"].search(segment) and not before.strip():
        inside = False  # 侵入されたことが通信記録から判明: the day is that of the intrusion, found out later
    sent = _W["letters_sent"].search(segment) and not _W["wrongly"].search(segment)
    posted = "disclosed" in found and (hit := _W["occurred"].search(segment)) and _POSTED.match(hit.group())
    if "occurred" in found and (sent or (not stretch and (inside or posted))):
        del found["occurred"]  # 不正アクセスを受けたことを確認: what was confirmed, not when it began
    return list(found)


def _sentence_of(words: re.Pattern[str], segment: str) -> str:
    """Return the sentence of an entry in which the first of ``words`` stands (the entry may have more of them)."""
    hit = words.search(segment)
    if hit is None:
        return segment
    end = _ENDS.search(segment, hit.end())
    return segment[segment.rfind("。", 0, hit.start()) + 1 : end.start() if end else len(segment)]


def _of_clause(what: str, segment: str) -> str:
    for word, event in _CLAUSE_WORDS.items():
        if what.startswith(word):
            return event
    if what.startswith("確認"):
        return _object(segment) or "discovered"
    return "disclosed"


def _within(segment: str) -> bool:
    """Return whether the happening stands inside a clause that was found (…ことを確認, …旨の連絡)."""
    return bool(
        re.search(
            r"(?:こと|旨|とみられ|事実|状態|もの|ところ|懸念|可能性|おそれ|との|という|際|による|により|で)[^。]*。?$|(?:が|を|の)(?:判明|発覚|検知|確認)|のを(?:見|発見|確認)|誤[^。、]{0,20}た[^。、]{1,20}(?:を|は)[^。、]{0,12}(?:回収|削除|消去)",
            segment,
        )
    )


def _events(before: str, segment: str, *, stretch: bool) -> Iterator[str]:
    told = _told(before, segment)
    if told is None and (hit := _W["told_us"].search(segment)):
        told = ("vendor_notified", hit.end())
    if told is None and _W["told_them"].search(segment):
        yield "card_company_contacted"
    if told is None and _W["took"].match(segment) and (tail := _W["told_before"].search(before)):
        whose = _source(before[: tail.start()]) or _source(before)
        told = (
            ("card_company_contacted" if whose and _W["card_company"].search(whose) else "vendor_notified", 0)
            if whose
            else None
        )
    if told:
        yield told[0]
    if cut := _W["cut"].search(segment):
        segment = segment[: cut.start()]
        told = told if told and told[1] <= cut.start() else None
    yield from _actions(before, segment)
    if not stretch and _W["noticed"].search(segment):
        yield "discovered"
    if not stretch or segment.lstrip().startswith((":", "\t")):
        yield from _found(before, segment, told)
    if _W["occurred"].search(segment) and not _W["not_the_incident"].search(
        re.split("[、。]", segment.lstrip("、 \t:"))[0][:24]
    ):
        weak = _W["occurred_weak"].search(segment) and not patterns.load("common")["access"].search(segment)
        yield "discovered" if weak and not stretch else "occurred"


def _actions(before: str, segment: str) -> Iterator[str]:
    """Yield what somebody did on that day; the words may begin before the date (調査が5月29日に完了)."""
    segment = re.sub("「[^」]*」(?=と)", "", segment)
    near = re.split("[、。]", before.rstrip("、"))[-1][-30:]
    whole = near + segment
    for name in ("payment_stopped", "police_reported", "reported", "investigation_finished"):
        hit = _W[name].search(segment) or next((h for h in _W[name].finditer(whole) if h.end() > len(near)), None)
        if (
            hit
            and not _planned(hit.string, hit.end())
            and not (name == "investigation_finished" and _W["interim"].search(segment))
        ):
            yield name
    contained = _W["contained"].search(_W["payment_stopped"].sub("", segment))
    if contained and not _W["not_contained"].search(segment) and not _planned(segment, contained.end()):
        yield "contained"
    disclosed = _W["disclosed"].search(segment)
    if (
        disclosed
        and not _W["notified_person"].search(segment)
        and not _W["not_disclosed"].search(segment)
        and not _planned(segment, disclosed.end())
    ):
        yield "disclosed"
    if _W["reported_before"].search(before) and _W["did"].match(segment):
        yield "reported"
    if _W["police_before"].search(before) and _W["did"].match(segment):
        yield "police_reported"
    bare = _W["reported_bare"].search(segment)
    if bare and not _planned(segment, bare.end()):
        yield "reported"


def _planned(segment: str, at: int) -> bool:
    return bool(_W["planned"].search(segment, at, at + 24))


def _told(before: str, segment: str) -> tuple[str, int] | None:
    """Return the event of hearing it from outside, and where its words end."""
    if (hit := _W["told_from"].search(segment)) and (event := _teller(hit["whose"] or hit["who"])):
        return event, hit.end()
    for hit in _W["told"].finditer(segment):
        if "予定" in segment[hit.end() : hit.end() + 8]:
            continue
        whose = _source(segment[: hit.start()]) or _source(_last_clause(before))
        if whose is None or _W["we_told"].search(whose):
            continue
        if _W["insider_source"].search(whose):
            return None
        if _W["investigator"].search(whose):
            interim = _W["interim"].search(segment[: hit.end()])
            return None if interim else ("investigation_finished", hit.end())
        return _teller(whose), hit.end()
    return None


def _teller(whose: str) -> str:
    """Return the event of hearing it from ``whose``: a card company, somebody affected, anybody else outside."""
    if _W["card_company"].search(whose):
        return "card_company_contacted"
    return "discovered" if _W["customer"].search(whose) else "vendor_notified"


def _last_clause(before: str) -> str:
    return before.rsplit("。", 1)[-1][-60:]


def _source(text: str) -> str | None:
    """Return who stands before から or より nearest to the end of ``text``."""
    for hit in reversed(
        list(re.finditer(r"から(?!の(?:申請|利用|アクセス|接続|侵入|不正|攻撃))|より(?!も|、?多く)", text))
    ):
        whose = re.split(r"[、。」)]|(?<=[たる])(?=[^の]{0,3}$)", text[: hit.start()])[-1]
        if not whose and "、" in text[: hit.start()]:
            whose = text[: hit.start()].rstrip("、)")[-30:]
        if whose in {"方", "方々"}:
            whose = text[: hit.start()][-14:]  # 書類を受け取られた方
        if whose and not re.search(r"[0-9]時?分?$|外部$|国外$|海外$|アドレス$|記録$|ログ$|こと$", whose):
            return whose[-40:]
    return None


def _found(before: str, segment: str, told: tuple[str, int] | None) -> Iterator[str]:
    """Yield what was found on that day: by what stands before the verb, else before the date."""
    begin = told[1] if told else 0
    segment = _BUTTONS.sub(lambda quoted: "・" * len(quoted.group()), segment)
    for hit in _W["found"].finditer(segment, begin):
        if _W["not_found"].match(segment, hit.end()) or _W["not_found"].search(segment, hit.end(), hit.end() + 12):
            continue
        what = segment[begin : hit.start()]
        if _W["denied"].search(what):
            return
        if _W["made_good"].search(what):
            continue
        if _W["told_by_traces"].search(what) and not before.strip():
            continue
        event = _object(what)
        if event is None and not told and begin == 0:
            event = (
                _object(_last_clause(before)) if re.search(r"[がはを、]\s*$|(?:こと|旨)[^。]{0,4}$", before) else None
            )
        verb = hit.group()
        if event == "access_confirmed" and verb in {"検知", "感知", "検出", "発見"}:
            event = "discovered"
        if event is None and not told and (_W["anomaly"].search(what) or _W["sure_words"].match(verb)):
            event = "discovered"
        if event:
            yield event
        begin = hit.end()


def _object(what: str) -> str | None:
    """Return the event of finding ``what``: a leak, a possible leak, an intrusion, or something that looked wrong."""
    common = patterns.load("common")
    if _W["matched"].search(what):
        return "leak_confirmed"
    leaks = list(common["leak"].finditer(what))
    possible = common["possible"].search(what, leaks[-1].start() if leaks else 0)
    if leaks and not re.search(r"漏えい(?:の対象|等?事案)", what[leaks[-1].start() :]):
        return "leak_possible" if possible else "leak_confirmed"
    if common["access"].search(what):
        return "discovered" if possible else "access_confirmed"
    return "discovered" if _W["anomaly"].search(what) else None
