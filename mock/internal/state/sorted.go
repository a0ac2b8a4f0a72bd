package state

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// A lead is how the place of a row in an order begins, as far as it fits into two numbers: of two rows with different
// leads, the one with the lower lead comes first. Rows are sorted by their leads, which lie side by side: to look each row
// up for each comparison takes ten times as long where there are a million.
type lead [2]uint64

func (l lead) compare(o lead) int {
	if l[0] != o[0] {
		return cmp.Compare(l[0], o[0])
	}
	return cmp.Compare(l[1], o[1])
}

// leadOf is the lead of an order by a text.
func leadOf[S ~string](text S) lead {
	var bytes [16]byte
	copy(bytes[:], text)
	return lead{binary.BigEndian.Uint64(bytes[:8]), binary.BigEndian.Uint64(bytes[8:])}
}

// foldedLead is the lead of an order by the lower-case form of a text.
func foldedLead(text string) lead { return leadOf(strings.ToLower(text)) }

// timeLead is the lead of an order by time, then by id.
func timeLead[S ~string](at model.Moment, id S) lead {
	return lead{uint64(at) ^ 1<<63, leadOf(id)[0]} //nolint:gosec // with the sign turned round
}

// A place is a lead and where its item is among the items.
type place struct {
	lead lead
	from int
}

// sorted puts items, which come in the order of their keys, into an order of which less decides what leads leave open.
func sorted[T any](items []T, leads func(T) lead, less func(a, b T) bool) []T {
	places := make([]place, len(items))
	for i, item := range items {
		places[i] = place{leads(item), i}
	}
	places = placed(places)
	out := make([]T, len(items))
	for i := range places {
		out[i] = items[places[i].from]
	}
	same := func(a, b int) bool { return places[a].lead == places[b].lead }
	runs(len(out), same, func(from, to int) { settled(out[from:to], less) })
	return out
}

// runs calls do for each run of neighbours that are the same.
func runs(n int, same func(a, b int) bool, do func(from, to int)) {
	for from := 0; from < n; {
		to := from + 1
		for to < n && same(from, to) {
			to++
		}
		do(from, to)
		from = to
	}
}

// manyPlaces is how many make it worth to sort them digit by digit.
const manyPlaces = 1 << 14

// placed sorts places by their leads; those with the same stay in their order.
func placed(places []place) []place {
	if len(places) < manyPlaces {
		slices.SortFunc(places, place.compare)
		return places
	}
	places = byDigits(places)
	same := func(a, b int) bool { return places[a].lead[0] == places[b].lead[0] }
	runs(len(places), same, func(from, to int) { slices.SortFunc(places[from:to], place.compare) })
	return places
}

func (p place) compare(o place) int {
	if c := p.lead.compare(o.lead); c != 0 {
		return c
	}
	return cmp.Compare(p.from, o.from)
}

// byDigits sorts places by the first number of their leads, 16 bits at a time from the lowest on: a pass keeps the order of
// the one before. Comparing them takes five times as long where there are a million.
func byDigits(places []place) []place {
	const bits, digits = 16, 1 << 16
	other := make([]place, len(places))
	for shift := 0; shift < 64; shift += bits {
		var ends [digits]int
		for i := range places {
			ends[places[i].lead[0]>>shift%digits]++
		}
		if ends[places[0].lead[0]>>shift%digits] == len(places) {
			continue // all have the same digit
		}
		sum := 0
		for d, n := range ends {
			ends[d], sum = sum, sum+n
		}
		for i := range places {
			d := places[i].lead[0] >> shift % digits
			other[ends[d]] = places[i]
			ends[d]++
		}
		places, other = other, places
	}
	return places
}

// settled sorts items with the same lead. Mostly the order of their keys is what is left, and they are in it.
func settled[T any](items []T, less func(a, b T) bool) {
	if len(items) == 1 {
		return
	}
	byLess := func(i, j int) bool { return less(items[i], items[j]) }
	if !sort.SliceIsSorted(items, byLess) {
		sort.Slice(items, byLess)
	}
}
