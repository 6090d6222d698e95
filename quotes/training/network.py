"""The network: a small BERT encoder with features from the rules and the quotation marks, and a head for each cue's attribution.

As in semantic role labelling (He et al. 2017, "Deep Semantic Role Labeling"; here with a cue as the predicate), a cue is found first, by
the token that stands for it; then every token of the window is given its role for that cue: content, cue, source or none. Contents may so
be broken, share a source, or hold another attribution. A linear-chain conditional random field (Lafferty, McCallum & Pereira 2001) over
the roles keeps the edges of spans whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from quotes.nlp.model.features import FIELDS, PAIR_FIELDS
from quotes.nlp.model.role_decoding import PARTS, ROLES
from quotes.records import ACTS


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the network."""

    vocabulary: int = 30522
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    positions: int = 512
    role_width: int = 160
    part_width: int = 128
    entities: int = 37


def _tables(fields: Mapping[str, int], width: int, spread: float) -> nn.ModuleList:
    """An embedding table for each feature, initialised by a normal distribution; its row 0, unknown, stays zero."""
    tables = [nn.Embedding(size, width, padding_idx=0) for size in fields.values()]
    for table in tables:
        nn.init.normal_(table.weight, std=spread)
        with torch.no_grad():
            table.weight[0] = 0.0
    return nn.ModuleList(tables)


def _with_fields(states: Tensor, tables: nn.ModuleList, fields: Tensor) -> Tensor:
    """The sum of the states and the embeddings of `fields` (batch, fields, length)."""
    for number, table in enumerate(tables):
        states = states + table(fields[:, number])
    return states


class Layer(nn.Module):
    """A transformer layer, as in BERT (Devlin et al. 2019): attention, then two linear maps, a sum and a norm behind each."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.joint = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.last_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """`states` (batch, pieces, width) and `mask` (batch, 1, 1, pieces), added to the scores of attention."""
        batch, length, width = states.shape
        query, key, value = self.joint(states).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        states = self.norm(states + self.dropout(self.out(seen.transpose(1, 2).reshape(batch, length, width))))
        wider: Tensor = self.last_norm(states + self.dropout(self.down(F.gelu(self.up(states)))))
        return wider


class Encoder(nn.Module):
    """Word pieces to states, with embeddings of the features of their tokens added."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kind = nn.Parameter(torch.zeros(shape.width))
        self.known = _tables(FIELDS, shape.width, 0.01)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids: Tensor, known: Tensor, mask: Tensor | None) -> Tensor:
        """`ids` (batch, pieces), `known` (batch, fields, pieces) → (batch, pieces, width)."""
        states = _with_fields(self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind, self.known, known)
        states = self.dropout(self.norm(states))
        for layer in self.layers:
            states = layer(states, mask)
        found: Tensor = states
        return found


class RoleReader(nn.Module):
    """Scores (emissions) of each of so many `roles` for each token, given an anchor."""

    def __init__(self, width: int, dropout: float, roles: int = len(ROLES)) -> None:
        super().__init__()
        self.pairs = _tables(PAIR_FIELDS, width, 0.1)
        self.near = nn.Conv1d(width, width, 3, padding=1)
        self.far = nn.Conv1d(width, width, 3, padding=3, dilation=3)
        self.near_norm, self.far_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)
        self.out = nn.Linear(width, roles)
        with torch.no_grad():
            self.out.bias[0] = 4.0  # most tokens have no role

    def forward(self, tokens: Tensor, anchors: Tensor, pairs: Tensor, inside: Tensor | None = None) -> Tensor:
        """`tokens` and `anchors` (anchors, tokens or 1, width), `pairs` (anchors, fields, tokens) → (anchors, tokens, roles).

        `inside` (anchors, tokens, 1) is 0 for padding; a single window has none.
        """
        states = self.dropout(F.gelu(_with_fields(tokens + anchors, self.pairs, pairs)))
        for convolution, norm in ((self.near, self.near_norm), (self.far, self.far_norm)):
            if inside is not None:
                states = states * inside
            states = norm(states + F.gelu(convolution(states.transpose(1, 2)).transpose(1, 2)))
        emissions: Tensor = self.out(self.dropout(states))
        return emissions


class PartReader(nn.Module):
    """Title and institution of a person, given a token where the person is named: the same network as for the roles of a cue."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width = shape.part_width
        self.as_part, self.as_person = nn.Linear(shape.width, width), nn.Linear(shape.width, width)
        self.known = _tables(FIELDS, width, 0.05)
        self.reader = RoleReader(width, dropout, len(PARTS))

    def states(self, tokens: Tensor, features: Tensor) -> dict[str, Tensor]:
        """`tokens` (batch, tokens, width) and `features` (batch, fields, tokens) → each token as a part, and as a person's name."""
        return {"as_part": _with_fields(self.as_part(tokens), self.known, features), "as_person": self.as_person(tokens)}


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.brief = False  # the encoder in bfloat16: half the time on processors that have it
        self.encoder = Encoder(shape, dropout)
        self.known = _tables(FIELDS, shape.role_width, 0.05)
        self.as_token = nn.Linear(shape.width, shape.role_width)
        self.as_anchor = nn.Linear(shape.width, shape.role_width)
        self.anchor = nn.Linear(shape.width, 1)
        self.act = nn.Linear(shape.width, len(ACTS))
        self.flat = nn.Linear(shape.width, len(ROLES))
        self.entity = nn.Linear(shape.width, shape.entities)
        self.roles = RoleReader(shape.role_width, dropout)
        self.parts = PartReader(shape, dropout)
        self.knows_parts = False  # until the head for titles and institutions is trained
        self.field = Field(len(ROLES))
        self.dropout = nn.Dropout(dropout)

    def states(self, ids: Tensor, token: Tensor, first: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """The encoder's state of every token: (batch, tokens, width). Arguments as of `read`."""
        fields = features.shape[1]
        # Token -1 (the edges, padding) looks up a column of zeros put before all others: unknown.
        padded = F.pad(features, (1, 0))
        known = torch.gather(padded, 2, (token + 1).unsqueeze(1).expand(-1, fields, -1))
        with torch.autocast(ids.device.type, dtype=torch.bfloat16, enabled=self.brief):
            states = self.encoder(ids, known, mask).float()
        return torch.gather(states, 1, first.unsqueeze(2).expand(-1, -1, states.shape[2]))

    def read(self, ids: Tensor, token: Tensor, first: Tensor, features: Tensor, mask: Tensor | None) -> dict[str, Tensor]:
        """Scores of every token, and its states for the heads that read relative to an anchor.

        `ids` and `token` (batch, pieces), `first` (batch, tokens), `features` (batch, fields, tokens), `mask` (batch, 1, 1, pieces).
        """
        tokens = self.dropout(self.states(ids, token, first, features, mask))
        return {
            "as_token": _with_fields(self.as_token(tokens), self.known, features),
            "as_anchor": self.as_anchor(tokens),
            "anchor": self.anchor(tokens).squeeze(2),
            "act": self.act(tokens),
            "flat": self.flat(tokens),
            "entity": self.entity(tokens),
            **self.parts.states(tokens, features),
        }


class Field(nn.Module):
    """A linear-chain conditional random field over the roles."""

    forbidden: Tensor

    def __init__(self, roles: int) -> None:
        super().__init__()
        self.step = nn.Parameter(torch.zeros(roles, roles))
        self.begin = nn.Parameter(torch.zeros(roles))
        forbidden = torch.zeros(roles, roles)
        for inside in range(2, roles, 2):
            for before in range(roles):
                if before not in (inside, inside - 1):
                    forbidden[before, inside] = -1e4
        self.register_buffer("forbidden", forbidden)

    def steps(self) -> Tensor:
        """Scores of going from a role (row) to another (column)."""
        return self.step + self.forbidden

    def loss(self, emissions: Tensor, roles: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood of each row: `emissions` (rows, tokens, roles), `roles` (rows, tokens), `lengths` (rows)."""
        _, length, _ = emissions.shape
        steps = self.steps()
        begin = self.begin + self.forbidden[0]
        alpha = begin + emissions[:, 0]
        for at in range(1, length):
            further = torch.logsumexp(alpha.unsqueeze(2) + steps, dim=1) + emissions[:, at]
            alpha = torch.where((at < lengths).unsqueeze(1), further, alpha)
        whole = torch.logsumexp(alpha, dim=1)
        inside = torch.arange(length, device=lengths.device) < lengths.unsqueeze(1)
        own = torch.gather(emissions, 2, roles.unsqueeze(2)).squeeze(2) * inside
        moves = steps[roles[:, :-1], roles[:, 1:]] * inside[:, 1:]
        return whole - own.sum(1) - moves.sum(1) - begin[roles[:, 0]]
