package model_test

import (
	"cmp"
	"strings"
	"testing"

	"github.com/tenantry/tenantry/mock/model"
)

func TestCompareFoldComparesLowerCaseForms(t *testing.T) {
	t.Parallel()
	texts := []string{"", "a", "A", "ab", "AB", "aB0", "b", "Z", "[", "_", "`", "{", "ä", "Ä", "aÄ", "aä", "İ", "i̇", "K", "K", "k", "\xff", "a\xff", "é", "z"}
	for _, a := range texts {
		for _, b := range texts {
			want := cmp.Compare(strings.ToLower(a), strings.ToLower(b))
			if got := model.CompareFold(a, b); got != want {
				t.Errorf("CompareFold(%q, %q) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func FuzzCompareFold(f *testing.F) {
	f.Add("Ben", "bEN")
	f.Add("Ä", "a")
	f.Fuzz(func(t *testing.T, a, b string) {
		if got, want := model.CompareFold(a, b), cmp.Compare(strings.ToLower(a), strings.ToLower(b)); got != want {
			t.Errorf("CompareFold(%q, %q) = %d, want %d", a, b, got, want)
		}
	})
}
