package model

import (
	"cmp"
	"strings"
)

// CompareFold compares the lower-case forms of two texts. It does not make them as long as all letters are ASCII: indexes
// compare a dozen texts for each row that is written or looked for.
func CompareFold(a, b string) int {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if x >= 0x80 || y >= 0x80 {
			return cmp.Compare(strings.ToLower(a), strings.ToLower(b))
		}
		if x, y = lower(x), lower(y); x != y {
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		c |= 0x20
	}
	return c
}
