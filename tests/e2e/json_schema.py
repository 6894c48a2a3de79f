"""Checks a document against those parts of JSON Schema that `gridexit schema` prints; an unknown keyword is an error,
so that nothing goes unchecked unnoticed."""

import math
import re

TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value),
}
COMMENTS = {"$schema", "$id", "title", "description", "default"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\Z")


def is_number(value):
    return TYPES["number"](value)


# Each says whether `value` obeys the keyword; those that do not apply to the value's type hold.
SIMPLE = {
    "type": lambda value, types: any(TYPES[each](value) for each in ([types] if isinstance(types, str) else types)),
    "enum": lambda value, allowed: value in allowed,
    "const": lambda value, wanted: value == wanted,
    "pattern": lambda value, pattern: not isinstance(value, str) or re.search(pattern, value) is not None,
    "format": lambda value, name: not isinstance(value, str) or {"date-time": TIME}[name].match(value) is not None,
    "minimum": lambda value, bound: not is_number(value) or value >= bound,
    "maximum": lambda value, bound: not is_number(value) or value <= bound,
    "exclusiveMinimum": lambda value, bound: not is_number(value) or value > bound,
    "exclusiveMaximum": lambda value, bound: not is_number(value) or value < bound,
    "minItems": lambda value, count: not isinstance(value, list) or len(value) >= count,
    "maxItems": lambda value, count: not isinstance(value, list) or len(value) <= count,
    "required": lambda value, names: not isinstance(value, dict) or all(name in value for name in names),
}


def problems(value, schema, path="$"):
    """Every violation as "path: keyword ..."."""
    if schema is True:
        return []
    if schema is False:
        return [f"{path}: not allowed"]
    found = []
    for keyword, rule in schema.items():
        if keyword in SIMPLE:
            if not SIMPLE[keyword](value, rule):
                found.append(f"{path}: {keyword} {rule} does not hold for {str(value)[:80]!r}")
        elif keyword == "properties":
            for name, inner in rule.items() if isinstance(value, dict) else ():
                if name in value:
                    found += problems(value[name], inner, f"{path}.{name}")
        elif keyword == "additionalProperties":
            for name in value if isinstance(value, dict) else ():
                if name not in schema.get("properties", {}):
                    found += problems(value[name], rule, f"{path}.{name}")
        elif keyword == "items":
            for index, item in enumerate(value if isinstance(value, list) else ()):
                found += problems(item, rule, f"{path}[{index}]")
        elif keyword in ("oneOf", "anyOf"):
            fitting = sum(not problems(value, inner, path) for inner in rule)
            if fitting == 0 or (keyword == "oneOf" and fitting > 1):
                found.append(f"{path}: {fitting} of the {keyword} alternatives hold")
        elif keyword not in COMMENTS:
            raise ValueError(f"{path}: keyword {keyword} is unknown to this checker")
    return found
