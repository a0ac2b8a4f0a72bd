package fault

import (
	"crypto/sha256"
	"encoding/binary"
)

// A lot is where the numbers of one rule come from. They are a function of the seeds, the world, the rule, the count and
// the index, and of nothing else: no stream is shared, so requests that other rules or other tests make shift nothing.
type lot struct{ seed [32]byte }

func newLot(seed, worldSeed int64, world, rule string) lot {
	b := make([]byte, 0, 64)
	b = binary.BigEndian.AppendUint64(b, uint64(seed))      //nolint:gosec // a bit pattern, not a quantity
	b = binary.BigEndian.AppendUint64(b, uint64(worldSeed)) //nolint:gosec // a bit pattern, not a quantity
	b = appendText(b, world)
	b = appendText(b, rule)
	return lot{seed: sha256.Sum256(b)}
}

// at is the draw for one index of one count.
func (l lot) at(key string, index uint64) draw {
	b := append(make([]byte, 0, 64), l.seed[:]...)
	b = appendText(b, key)
	return draw{prefix: binary.BigEndian.AppendUint64(b, index)}
}

// A draw is all chance of one hit.
type draw struct{ prefix []byte }

// Chance is a number in [0, 1), the same one each time for the same purpose.
func (d draw) Chance(purpose string) float64 {
	sum := sha256.Sum256(appendText(d.prefix[:len(d.prefix):len(d.prefix)], purpose))
	const bits = 53 // of a float64's fraction
	return float64(binary.BigEndian.Uint64(sum[:])>>(64-bits)) / (1 << bits)
}

// appendText writes the length first, so that no two lists of texts look the same.
func appendText(b []byte, text string) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(text))), text...) //nolint:gosec // texts of a rule are short
}
