"""Help that helps: every command shows examples that parse, and a mistyped word is answered with the right one."""

import re
import shlex

import harness


def commands_in(text):
    """The names in a help text's list of commands."""
    listed = text.split("Commands:\n", 1)[1].split("\n\n", 1)[0]
    return re.findall(r"^  (\w+)", listed, re.MULTILINE)


class Help(harness.Case):
    def help_of(self, *words):
        return self.gridexit(*words, "--help").stdout

    def all_commands(self):
        for word in commands_in(self.help_of()):
            text = self.help_of(word)
            if "\nCommands:\n" in text:
                yield from ((word, inner) for inner in commands_in(text))
            else:
                yield (word,)

    def test_every_command_shows_examples(self):
        commands = list(self.all_commands())
        for needed in (("init",), ("run",), ("evaluate",), ("explain",), ("grid", "start"), ("decision", "act"),
                       ("config", "check"), ("schema",), ("dashboard",)):
            self.assertIn(needed, commands)
        for command in commands:
            with self.subTest(" ".join(command)):
                text = self.help_of(*command)
                self.assertIn("usage: gridexit " + " ".join(command), text)
                self.assertIn("\nExamples:\n", text)
                examples = text.split("\nExamples:\n")[1].replace("\\\n", " ").splitlines()
                self.assertTrue(any(line.startswith("  gridexit " + " ".join(command)) for line in examples))
                # Where an example ends it may be wrong about the world, but not about its own words.
                for example in (line for line in examples if line.startswith("  gridexit ")):
                    words = shlex.split(example.split("|")[0].split(">")[0])[1:]
                    done = self.gridexit(*words, "--help", code=None)
                    self.assertEqual(done.code, 0, f"{example}\n{done.stderr}")

    def test_a_mistyped_word_is_answered_with_the_right_one(self):
        for mistyped, meant in (
                (["evalute"], "evaluate"), (["gird", "list"], "grid"), (["grid", "strat"], "grid start"),
                (["decision", "shwo"], "decision show"), (["evaluate", "--symbl", "ETH-USDT"], "--symbol"),
                (["run", "--notfy"], "--notify"), (["grid", "start", "--stoploss", "1"], "--stop-loss"),
                (["schema", "metric"], "metrics"), (["evaluate", "--symbol", "ETH-USDT", "--exchange", "simulted"],
                                                    "simulated")):
            with self.subTest(" ".join(mistyped)):
                done = self.gridexit(*mistyped, code=2)
                self.assertEqual(done.stdout, "")
                self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
                self.assertRegex(done.stderr, rf'did you mean "?{meant}\b')

    def test_a_mistyped_choice_is_answered_with_all_of_them(self):
        done = self.gridexit("evaluate", "-o", "jsn", "--symbol", "ETH-USDT", code=2)
        self.assertRegex(done.stderr, "jsn.*text, json, yaml")

    def test_nothing_at_all_says_what_there_is(self):
        done = self.gridexit(code=None)
        self.assertIn("evaluate", done.stdout + done.stderr)


if __name__ == "__main__":
    harness.main()
