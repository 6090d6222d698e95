"""English is told by its commonest words, other languages by their statistics; a few words tell nothing."""

import pytest

from quotes.readers.layout.language import language_of

OTHERS = {
    "es": "El alcalde dijo el martes que el puente viejo cerraría para siempre cuando abriera el nuevo, y los vecinos tendrán que esperar.",
    "de": "Der Bürgermeister sagte am Dienstag, dass die alte Brücke für immer schließen werde, sobald die neue offen sei.",
    "fr": "Le maire a déclaré mardi que le vieux pont fermerait pour toujours dès que le nouveau serait ouvert.",
    "ru": "Мэр заявил во вторник, что старый мост закроется навсегда, как только откроется новый, и что жителям придётся подождать.",
    "zh": "市长周二表示，新桥开通后旧桥将永久关闭，居民还需要再等两年才能过河。这是他的原话，他没有再说什么。",
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_told(language):
    assert language_of(OTHERS[language]) == language
    assert language_of(OTHERS[language], "en") == language  # sites state the language of their makers


@pytest.mark.parametrize(
    "text",
    [
        "“The data,” Oyelaran said, “do not support it.”",
        "“Ich bin ein Berliner,” he said, and the crowd of thousands cheered for a minute.",
    ],
)
def test_english_is_english_however_short_and_whoever_it_quotes(text):
    assert language_of(text, "de") == "en"


@pytest.mark.parametrize("text", ["", "12 34", "Smith, Jones, Miller"])
def test_a_few_words_tell_nothing_and_what_is_stated_counts(text):
    assert language_of(text) is None
    assert language_of(text, "fr") == "fr"
