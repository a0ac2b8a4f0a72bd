package wire

import (
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

// Items is a list without a timestamp.
type Items[T any] struct {
	Items []T `json:"items"`
}

// ItemsOf makes a list; none is an empty array, never null.
func ItemsOf[T any](items []T) *Items[T] {
	if items == nil {
		items = []T{}
	}
	return &Items[T]{Items: items}
}

// Stamped is the list envelope with a timestamp and, before the last page, a cursor (wire facts, core 2.2).
type Stamped[T any] struct {
	Timestamp string  `json:"timestamp"`
	Items     []T     `json:"items"`
	Paging    *Paging `json:"paging,omitempty"`
}

// Paging holds the cursor of the next page.
type Paging struct {
	Cursors struct {
		After string `json:"after"`
	} `json:"cursors"`
}

// NewPaging is nil, and so left out, without a cursor.
func NewPaging(after string) *Paging {
	if after == "" {
		return nil
	}
	p := &Paging{}
	p.Cursors.After = after
	return p
}

// StampedOf makes a list envelope. The form of the timestamp differs between lists (wire facts, clients 3).
func StampedOf[T any](timestamp string, items []T, after string) *Stamped[T] {
	if items == nil {
		items = []T{}
	}
	return &Stamped[T]{Timestamp: timestamp, Items: items, Paging: NewPaging(after)}
}

// OrNull is a time in seconds and Z, or null where there is none.
func OrNull(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := model.FormatZ(t)
	return &text
}

// TextOrNull is null for an empty text.
func TextOrNull[T ~string](s T) *string {
	if s == "" {
		return nil
	}
	text := string(s)
	return &text
}
