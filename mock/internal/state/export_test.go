package state

import (
	"reflect"

	"github.com/tenantry/tenantry/mock/model"
)

// ReadPlanned reads a stored row of the type that like points to. It is false where the plan leaves the row to
// encoding/json.
func ReadPlanned(value []byte, like any) (row any, ok bool) {
	t := reflect.TypeOf(like).Elem()
	v := reflect.New(t)
	return v.Interface(), planOf(t).read(value, newPool().keeper(), v.Elem())
}

// SortedTexts sorts by leads what comes in any order.
func SortedTexts(texts []string) []string {
	return sorted(texts, leadOf, func(a, b string) bool { return a < b })
}

// FoldedTexts is SortedTexts without regard to case.
func FoldedTexts(texts []string) []string {
	return sorted(texts, foldedLead, func(a, b string) bool { return model.CompareFold(a, b) < 0 })
}

// CompareLeads compares two users by the lead of their changes.
func CompareLeads(a, b *model.User) int {
	return timeLead(a.UpdatedAt, a.ID).compare(timeLead(b.UpdatedAt, b.ID))
}
