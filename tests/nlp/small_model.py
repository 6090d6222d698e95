"""A model small enough to be written in a test: it knows a few words, and reads roles off the relations under a cue.

To "said", a cue by its word alone, what hangs on it as a clausal complement is content, and what hangs on it as its subject is source.
How likely a cue is leans a little on the length of its window, as int8 activations lean on the whole of what is run together.
"""

import json
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from treebank import doc_of

from quotes.nlp.detection.attribution import Attribution
from quotes.nlp.detection.quotation_marks import Quotation, find_quotations, paragraphs_of
from quotes.nlp.model.confidence import Candidate, confidence_features
from quotes.nlp.model.features import FIELDS, PAIR_FIELDS, RELATIONS
from quotes.nlp.model.inference import Prediction
from quotes.nlp.model.role_decoding import ROLES
from quotes.nlp.parsing.parse import Parse, parse_of, tokens_of
from quotes.records import Span

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
EDGES = (2, 3)
WORDS = ["imre", "odile", "fodor", "tarn", "water", "said", "says", "well", "dry", "cannot", "leave", "that", "the", "is", "was"]
LETTERS = [character for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for character in (letter, f"##{letter}")]
VOCABULARY = {piece: number for number, piece in enumerate([*SPECIAL, *".,:;!?'\"“”‘’-—_", *WORDS, *LETTERS])}
ENTITIES = ["PERSON", "ORG"]
LABELS = {"imre": 1, "odile": 1, "fodor": 2, "tarn": 3, "water": 4}
CUES = {"said": 4.0, "says": 1.0}
WIDTH = len(ROLES)
FORBIDDEN = -10000.0


def tokenizer() -> Tokenizer:
    """Word pieces: the words above whole, any other word by its letters."""
    each = Tokenizer(WordPiece(VOCABULARY, unk_token="[UNK]"))
    each.normalizer = BertNormalizer(lowercase=True)
    each.pre_tokenizer = BertPreTokenizer()
    return each


def layout(each: Parse) -> tuple[list[Quotation], list[Span]]:
    """The quotation marks and the paragraphs of a text."""
    paragraphs = paragraphs_of(each.text)
    return find_quotations(each.text, paragraphs), paragraphs


def at(each: Parse, words: str, nth: int = 0) -> tuple[int, int]:
    """The token range of words, of their nth place in the text."""
    start = -1
    for _ in range(nth + 1):
        start = each.text.index(words, start + 1)
    tokens = tokens_of(each, [(start, start + len(words))])
    return tokens[0], tokens[-1] + 1


def reading(each: Parse, contents, cue="said", source=None, *, nth=0, chance=0.9, acts=(1.0, 0.0, 0.0, 0.0), sure=0.9) -> Prediction:
    """What a model might say. The parts are words of the text, of several contents a tuple; `nth` is the place of the cue."""
    contents = (contents,) if isinstance(contents, str) else contents
    cues = (at(each, cue, nth),) if cue else ()
    return Prediction(
        cues[0][0] if cues else 0,
        tuple(at(each, part) for part in contents),
        cues,
        (at(each, source),) if source else (),
        chance,
        sure,
        sure,
        acts,
    )


def confidence() -> dict[str, float]:
    """Weights by which a quote is as likely as its cue, or as the rule by which it was found."""
    found = Attribution((Span(0, 1),), (Span(1, 2),), None, "speech", "model")
    each = doc_of("Imre said the well was dry.")
    weights = dict.fromkeys(["bias", *confidence_features(parse_of(each), Candidate(found, frozenset({0}), None, found))], 0.0)
    return weights | {"chance": 1.0, "rule alone": 1.0}


def settings() -> dict:
    """What `model.json` says."""
    steps = np.zeros((WIDTH, WIDTH))
    for inside in range(2, WIDTH, 2):
        steps[:, inside] = FORBIDDEN
        steps[[inside - 1, inside], inside] = 2.0  # what goes on is likelier than what begins anew
    return {
        "format": 2,
        "edges": EDGES,
        "entities": ENTITIES,
        "steps": steps.tolist(),
        "begin": [FORBIDDEN if role.startswith("I") else 0.0 for role in ROLES],
        "floor": 0.3,
        "confidence": confidence(),
    }


def written(folder: Path) -> Path:
    """The model's folder, as `quotes train` would write it. Needs onnx."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(json.dumps(settings()), encoding="utf-8")
    tokenizer().save(str(folder / "tokenizer.json"))
    _encoder(folder / "encoder.onnx")
    _roles(folder / "roles.onnx")
    return folder


def _encoder(path: Path) -> None:
    from onnx import TensorProto, helper, numpy_helper

    anchor = np.full(len(VOCABULARY), -6, dtype=np.float32)
    entity = np.zeros((len(VOCABULARY), 2 * len(ENTITIES) + 1), dtype=np.float32)
    act = np.zeros((len(VOCABULARY), 4), dtype=np.float32)
    act[:, 0] = 2
    for word, score in CUES.items():
        anchor[VOCABULARY[word]] = score
    for word, label in LABELS.items():
        entity[VOCABULARY[word], label] = 1
    rule = np.zeros((FIELDS["rule"], WIDTH), dtype=np.float32)
    rule[[2, 3], 1:3] = 0.5  # what the rules took for content is a little likelier to be content
    tables = {
        "anchor_table": anchor,
        "entity_table": entity,
        "act_table": act,
        "rule_table": rule,
        "anchor_states": np.zeros((len(VOCABULARY), WIDTH), dtype=np.float32),
        "rule_field": np.array(list(FIELDS).index("rule"), dtype=np.int64),
        "little": np.array(0.001, dtype=np.float32),
    }
    nodes = [
        helper.make_node("GatherElements", ["ids", "first"], ["word"], axis=1),
        helper.make_node("Cast", ["token"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMax", ["numbers"], ["most"], axes=[1], keepdims=1),
        helper.make_node("Mul", ["most", "little"], ["length"]),
        helper.make_node("Gather", ["anchor_table", "word"], ["by_word"]),
        helper.make_node("Add", ["by_word", "length"], ["anchor"]),
        helper.make_node("Gather", ["entity_table", "word"], ["entity"]),
        helper.make_node("Gather", ["act_table", "word"], ["act"]),
        helper.make_node("Gather", ["anchor_states", "word"], ["as_anchor"]),
        helper.make_node("Gather", ["features", "rule_field"], ["rules"], axis=1),
        helper.make_node("Gather", ["rule_table", "rules"], ["as_token"]),
    ]
    inputs = {"ids": ["one", "pieces"], "token": ["one", "pieces"], "first": ["one", "tokens"], "features": ["one", len(FIELDS), "tokens"]}
    outputs = {
        "as_token": ["one", "tokens", WIDTH],
        "as_anchor": ["one", "tokens", WIDTH],
        "anchor": ["one", "tokens"],
        "act": ["one", "tokens", 4],
        "entity": ["one", "tokens", 2 * len(ENTITIES) + 1],
    }
    _save(
        path,
        nodes,
        [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in inputs.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()],
        [numpy_helper.from_array(table, name) for name, table in tables.items()],
    )


def _roles(path: Path) -> None:
    from onnx import TensorProto, helper, numpy_helper

    by_path = np.zeros((PAIR_FIELDS["path"], WIDTH), dtype=np.float32)
    by_path[:, 0] = 4  # most tokens have no role
    for paths, role in (((8 + RELATIONS.index("ccomp"),), "content"), ((5,), "cue"), ((8 + RELATIONS.index("nsubj"),), "source")):
        number = ROLES.index(f"B-{role}")
        by_path[list(paths), number : number + 2] = 8
    nodes = [
        helper.make_node("Add", ["tokens", "anchors"], ["states"]),
        helper.make_node("Gather", ["pairs", "path_field"], ["paths"], axis=1),
        helper.make_node("Gather", ["path_table", "paths"], ["by_path"]),
        helper.make_node("Add", ["states", "by_path"], ["emissions"]),
    ]
    _save(
        path,
        nodes,
        [
            helper.make_tensor_value_info("tokens", TensorProto.FLOAT, ["anchors", "tokens", WIDTH]),
            helper.make_tensor_value_info("anchors", TensorProto.FLOAT, ["anchors", 1, WIDTH]),
            helper.make_tensor_value_info("pairs", TensorProto.INT64, ["anchors", len(PAIR_FIELDS), "tokens"]),
        ],
        [helper.make_tensor_value_info("emissions", TensorProto.FLOAT, ["anchors", "tokens", WIDTH])],
        [
            numpy_helper.from_array(by_path, "path_table"),
            numpy_helper.from_array(np.array(list(PAIR_FIELDS).index("path"), dtype=np.int64), "path_field"),
        ],
    )


def _save(path: Path, nodes: list, inputs: list, outputs: list, tables: list) -> None:
    import onnx
    from onnx import helper

    graph = helper.make_graph(nodes, path.stem, inputs, outputs, tables)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save_model(model, str(path))
