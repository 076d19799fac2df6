"""The limits themselves."""

import dataclasses
import json

from madoguchi.intake.limits import MIB, Limits


def test_every_limit_is_a_positive_number_that_json_can_carry() -> None:
    values = dataclasses.asdict(Limits())
    assert all(isinstance(value, int | float) and value > 0 for value in values.values())
    assert Limits(**json.loads(json.dumps(values))) == Limits()


def test_more_input_gets_more_time_and_nothing_else() -> None:
    small, large = Limits(), Limits().for_input(10_000 * MIB)
    assert large.cpu_seconds == small.cpu_seconds + 20_000
    assert large.wall_seconds > large.cpu_seconds
    same = dataclasses.replace(large, cpu_seconds=small.cpu_seconds, wall_seconds=small.wall_seconds)
    assert same == small
