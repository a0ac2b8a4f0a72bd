package value

import (
	"cmp"
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
)

// Equal tells whether two values are the same: numbers by what they stand for (1 is 1.0), everything else to the letter.
func Equal(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && CompareNumbers(a, b) == 0
	case []any:
		b, ok := b.([]any)
		return ok && equalLists(a, b)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && equalObjects(a, b)
	case nil:
		return b == nil
	case bool:
		b, ok := b.(bool)
		return ok && a == b
	case string:
		b, ok := b.(string)
		return ok && a == b
	}
	return false
}

func equalLists(a, b []any) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func equalObjects(a, b map[string]any) bool {
	if len(a) != len(b) {
		return false
	}
	for name, x := range a {
		y, ok := b[name]
		if !ok || !Equal(x, y) {
			return false
		}
	}
	return true
}

// maxDigits bounds the numbers that are compared exactly: 1e999999999 has too many digits to be written out.
const maxDigits = 64

// CompareNumbers orders two numbers: -1, 0 or 1. Numbers of ordinary length compare exactly, whatever their size.
func CompareNumbers(a, b json.Number) int {
	x, okX := exact(a)
	y, okY := exact(b)
	if okX && okY {
		return x.Cmp(y)
	}
	return cmp.Compare(approximate(a), approximate(b))
}

func exact(n json.Number) (*big.Rat, bool) {
	text := string(n)
	if len(text) > maxDigits {
		return nil, false
	}
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		if exponent, err := strconv.Atoi(text[at+1:]); err != nil || exponent > maxDigits || exponent < -maxDigits {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

func approximate(n json.Number) float64 {
	// Out of range is an infinity with an error: the infinity is what orders it.
	f, _ := strconv.ParseFloat(string(n), 64)
	return f
}

// Number reads a text that spells a JSON number.
func Number(text string) (json.Number, bool) {
	if text == "" || text[0] != '-' && (text[0] < '0' || text[0] > '9') || !json.Valid([]byte(text)) {
		return "", false
	}
	return json.Number(text), strings.TrimRight(text, " \t\r\n") == text
}

// FromGo makes a value of what Go code and encoding/json hand over: numbers of any type become json.Number.
func FromGo(v any) (any, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return Decode(text)
}
