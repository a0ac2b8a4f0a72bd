package model

import (
	"regexp"
	"strings"
)

// Price is what a tenant asks for an offering item, or for a usage, in the currency of its pricing.
type Price struct {
	TenantID TenantID `json:"tenant"`
	ItemRef
	Price   string `json:"price"` // a decimal number, as it was sent
	Version int64  `json:"v"`     // milliseconds since 1970
}

// Key is the key of the row.
func (p *Price) Key() ItemKey { return KeyOf(p.TenantID, p.ItemRef) }

var decimal = regexp.MustCompile(`^[0-9]{1,18}(\.[0-9]{1,18})?$`)

// ParsePrice reads a price; ok is false for what is no decimal number. A price of nothing removes the price
// (wire facts, core 6.11).
func ParsePrice(text string) (nothing, ok bool) {
	if !decimal.MatchString(text) {
		return false, false
	}
	return strings.Trim(text, "0.") == "", true
}
