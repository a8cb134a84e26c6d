"""The office desk for the rule book: check it, show it, keep a new version of it."""

from collections.abc import Sequence
from pathlib import Path

from bot.arguments import Arguments
from bot.clock import Clock
from bot.desk import ACTOR, RefusedWhole, ensure_home, office, read_file
from bot.settings import Settings
from domain.people import Language
from domain.ruleset import WhyOff, switched_off
from storage.rule_library import letters_of, parse, shipped_template_names
from storage.rules import RuleFiles, shipped_rules
from usecases.import_rules import check, import_rules, rules_of


def check_rules(paths: Sequence[Path], language: Language) -> str:
    """Check rule files (the shipped ones, with any given ones in their place); RuleBookInvalid names every fault."""
    files = check({**shipped_rules().texts, **_rule_texts(paths)})
    return "\n".join(_described(files, language))


async def rules(arguments: Arguments, settings: Settings, clock: Clock) -> str:
    """Show the rules in force, or keep a new version of them."""
    async with office(settings, clock) as world:
        await ensure_home(world, settings)
        if arguments.what == "import":
            texts = _rule_texts(arguments.paths)
            files = await import_rules(world, settings.home_tenant, texts, actor=ACTOR)
            return "\n".join(_described(files, arguments.language))
        files = await rules_of(world, settings.home_tenant)
    wanted = {path.stem for path in arguments.paths} or set(files.texts)
    if unknown := sorted(wanted - set(files.texts)):
        known = ", ".join(sorted(files.texts))
        raise RefusedWhole(f"The rule book has no {', '.join(unknown)}. It has: {known}.")
    parts = [f"# {stem}.toml\n{files.texts[stem]}" for stem in sorted(wanted)]
    return "\n".join([*(f"# {line}" for line in _described(files, arguments.language)), "", *parts])


def _described(files: RuleFiles, language: Language) -> list[str]:
    ruleset, types = parse(files)
    lines = [
        f"Rule set {files.number}, SHA-256 {files.sha256}: no faults. {len(types)} types of deviation.",
        "Checklists: " + ", ".join(sorted(shipped_template_names())),
        "Letters: " + ", ".join(f"{kind} {letter.version}" for kind, letter in letters_of(files).templates.items()),
    ]
    reasons = {
        WhyOff.NO_MODULE: "switched off, has no checklist yet",
        WhyOff.DATE_WATCH: "has no checklist yet; its dates are watched and nudged all the same",
        WhyOff.ON_SIGNAL: "not planned ahead",
    }
    for off in switched_off(ruleset, shipped_template_names()):
        missing = ", ".join(off.missing_modules) or "-"
        lines.append(f"{off.name} ({off.label.in_language(language)}): {reasons[off.why]} (missing: {missing})")
    return lines


def _rule_texts(paths: Sequence[Path]) -> dict[str, str]:
    """TOML files by stem; a folder stands for the files in it."""
    files = [file for path in paths for file in (sorted(path.glob("*.toml")) if path.is_dir() else [path])]
    if paths and not files:
        raise RefusedWhole(f"There is no TOML file in {', '.join(map(str, paths))}.")
    return {file.stem: read_file(file).decode("utf-8", errors="replace") for file in files}
