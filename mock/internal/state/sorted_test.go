package state_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/tenantry/tenantry/mock/internal/state"
	"github.com/tenantry/tenantry/mock/model"
)

// Texts that are hard to sort by how they begin: with a common beginning longer than a lead, with letters of either case,
// with bytes that a shorter text is filled up with, and empty.
func awkward(rng *rand.Rand) string {
	heads := []string{"", "a", "A", "\x00", "a\x00", "sixteen letters!", "Sixteen Letters!", "sixteen letters", "é", "Éa", "\xff", "İ", "K"}
	tails := []string{"", "\x00", "b", "B", "zz", "é"}
	return heads[rng.IntN(len(heads))] + tails[rng.IntN(len(tails))]
}

func TestSortingByLeadsIsSorting(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 200 {
		texts := make([]string, rng.IntN(60))
		if round == 0 { // enough for sorting by digits
			texts = make([]string, 40_000)
		}
		for i := range texts {
			texts[i] = awkward(rng)
		}
		want := slices.Clone(texts)
		slices.Sort(want)
		if d := gocmp.Diff(want, state.SortedTexts(texts), equateNone); d != "" {
			t.Fatalf("%q (-sorted +by leads):\n%s", texts, d)
		}
		fold := func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }
		slices.SortStableFunc(texts, fold)
		if got := state.FoldedTexts(texts); !slices.IsSortedFunc(got, fold) {
			t.Fatalf("%q are not sorted without case", got)
		}
	}
}

var equateNone = gocmp.Transformer("list", func(l []string) string { return fmt.Sprintf("%q", l) })

func TestLeadsOfTimesGoAsTimesGo(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time { got, _ := time.Parse(time.RFC3339Nano, s); return got }
	times := []time.Time{{}, at("1066-10-14T09:00:00Z"), at("1969-12-31T23:59:59.999999Z"), at("1970-01-01T00:00:00Z"), at("2026-01-01T00:00:00Z"), at("2026-01-01T00:00:00.000001Z"), at("9999-12-31T23:59:59Z")}
	var last *model.User
	for i, when := range times {
		u := &model.User{ID: model.UserID(fmt.Sprintf("%c", 'z'-i)), UpdatedAt: model.MomentOf(when)}
		if last != nil && state.CompareLeads(last, u) >= 0 {
			t.Errorf("%v does not come before %v", times[i-1], when)
		}
		last = u
	}
	a, b := &model.User{ID: "a"}, &model.User{ID: "b"}
	if cmp.Compare(0, state.CompareLeads(a, b)) != 1 {
		t.Error("at the same time, ids do not decide")
	}
}
