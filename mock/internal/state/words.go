package state

import (
	"iter"
	"slices"
	"strings"

	"github.com/tidwall/btree"
)

// A word is one entry of the search index. It is the same type for every table: with one of their own each, the trees
// took three megabytes of the binary.
type word struct {
	text string
	row  searched // of the table's type; nil stands before every row
}

// searched is a row that can be found by words.
type searched interface{ Key() string }

func lessWord(a, b word) bool {
	switch {
	case a.text != b.text:
		return a.text < b.text
	case a.row == nil || b.row == nil:
		return a.row == nil && b.row != nil
	}
	return a.row.Key() < b.row.Key()
}

// A wordIndex is the search index of a table.
type wordIndex[R any] struct {
	index[R, word]
	words func(*R) []string // by which a row is searched
}

// byWords makes the search index of a table.
func byWords[R any](words func(*R) []string) func() sequel[R] {
	return func() sequel[R] {
		x := &wordIndex[R]{words: words}
		x.start(x.spell, newTree(lessWord))
		return x
	}
}

func (x *wordIndex[R]) copied() sequel[R] {
	c := &wordIndex[R]{words: x.words}
	c.is(&x.index)
	return c
}

// MatchingWords walks the rows that have a word starting with prefix, in the order of the words, with the word; a row with
// two such words comes twice. prefix is lower-case. It is no method of Kind, as the binary would hold one for each kind.
func MatchingWords[K ~string, R any](k Kind[K, R], r Reader, prefix string) iter.Seq2[string, *R] {
	return func(yield func(string, *R) bool) {
		t := k.in(r)
		sequelOf[*wordIndex[R]](t).upTo(t.edits).Ascend(word{text: prefix}, func(w word) bool {
			return strings.HasPrefix(w.text, prefix) && yield(w.text, any(w.row).(*R))
		})
	}
}

// spell puts the words of row in the place of those of old; either may be nil.
func (x *wordIndex[R]) spell(tree *btree.BTreeG[word], old, row *R) {
	var words []string
	if row != nil {
		words = x.words(row)
	}
	if old != nil {
		for _, w := range x.words(old) {
			if !slices.Contains(words, w) {
				tree.Delete(word{w, any(old).(searched)})
			}
		}
	}
	for _, w := range words {
		tree.Set(word{w, any(row).(searched)})
	}
}

func (x *wordIndex[R]) fill(rows []*R) {
	texts := map[string]string{} // few words are as many: most are names
	words := make([]word, 0, len(rows))
	for _, row := range rows {
		for _, text := range x.words(row) {
			if is, ok := texts[text]; ok {
				text = is
			} else if len(text) <= sharedWord {
				texts[text] = text
			}
			words = append(words, word{text, any(row).(searched)})
		}
	}
	words = sorted(words, func(w word) lead { return leadOf(w.text) }, lessWord)
	x.start(x.spell, filled(lessWord, words))
}

// sharedWord is the length up to which a word is likely to be that of many rows; longer ones are addresses.
const sharedWord = 14

// Words splits texts at blanks into lower-case words, each once.
func Words(texts ...string) []string {
	words := make([]string, 0, len(texts))
	for _, text := range texts {
		for w := range strings.FieldsSeq(strings.ToLower(text)) {
			if !slices.Contains(words, w) { // they are few
				words = append(words, w)
			}
		}
	}
	return words
}
