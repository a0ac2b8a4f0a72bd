package state

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
)

// chunkBytes is how much text a keeper asks memory for at a time. A chunk lives as long as any text in it: what is
// loaded is the most that this can ever cost.
const chunkBytes = 64 << 10

// A pool makes the rows of a world share their identifiers while they are loaded: one is in the row that has it and in
// those that refer to it. Rows are never changed, so nobody can tell. It is safe for concurrent use by its keepers.
type pool struct {
	seed   maphash.Seed
	shards [64]shard
}

// A shard holds the identifiers with one hash, so that those who load at the same time seldom wait for each other.
type shard struct {
	mu    sync.Mutex
	texts map[identifier]string
}

// An identifier is the text of a UUID: as a key of a map it is compared where it lies.
type identifier [36]byte

func newPool() *pool {
	p := &pool{seed: maphash.MakeSeed()}
	for i := range p.shards {
		p.shards[i].texts = map[identifier]string{}
	}
	return p
}

// A keeper keeps the texts of the rows that one goroutine loads, side by side: each by itself would cost a third more and
// a mark in every garbage collection. Texts that were kept a moment ago are not kept again: names, languages and roles are
// few, and an address is often the login.
type keeper struct {
	pool  *pool
	chunk strings.Builder
	short recent[string]
	long  recent[string]
	refs  recent[*string]
	lists [][]string
	list  []string // that is being read
}

// recent holds what was kept lately, at the hash of its text.
type recent[T any] [4096]T

// Texts up to shortText are likely to be those of many rows; of texts beyond longText, hardly one is.
const (
	shortText = 14
	longText  = 64
)

func (p *pool) keeper() *keeper { return &keeper{pool: p} }

func (k *keeper) hash(text []byte) uint64 { return maphash.Bytes(k.pool.seed, text) }

// text keeps a text of any kind.
func (k *keeper) text(text []byte) string {
	if len(text) > longText {
		return k.copied(text)
	}
	lately := &k.short
	if len(text) > shortText {
		lately = &k.long
	}
	at := &lately[k.hash(text)%uint64(len(lately))]
	if *at != string(text) {
		*at = k.copied(text)
	}
	return *at
}

// id keeps a text that other rows of the world are likely to have: that of an identifier.
func (k *keeper) id(text []byte) string {
	if len(text) != len(identifier{}) {
		return k.text(text)
	}
	s := &k.pool.shards[k.hash(text)%uint64(len(k.pool.shards))]
	s.mu.Lock()
	defer s.mu.Unlock()
	is, ok := s.texts[identifier(text)]
	if !ok {
		is = k.copied(text)
		s.texts[identifier(text)] = is
	}
	return is
}

// ref keeps a text that a row points at.
func (k *keeper) ref(text []byte) *string {
	at := &k.refs[k.hash(text)%uint64(len(k.refs))]
	if *at == nil || **at != string(text) {
		*at = new(k.text(text))
	}
	return *at
}

func (k *keeper) copied(text []byte) string {
	if len(text) > chunkBytes/8 {
		return string(text)
	}
	if k.chunk.Cap()-k.chunk.Len() < len(text) {
		k.chunk = strings.Builder{}
		k.chunk.Grow(chunkBytes)
	}
	from := k.chunk.Len()
	k.chunk.Write(text)
	return k.chunk.String()[from:]
}

// mostLists bounds the search: a world has a handful of different lists, or its lists are all different.
const mostLists = 32

// kept is the list that has been read.
func (k *keeper) kept() []string {
	for _, is := range k.lists {
		if slices.Equal(is, k.list) {
			return is
		}
	}
	list := append([]string{}, k.list...)
	if len(k.lists) < mostLists {
		k.lists = append(k.lists, list)
	}
	return list
}
