package drift

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// A normaliser makes the answers of one endpoint comparable with those of another.
type normaliser struct {
	cut []string // texts of this run, such as its id and its target
}

func newNormaliser(own ...string) *normaliser {
	n := &normaliser{}
	for _, text := range own {
		if text != "" {
			n.cut = append(n.cut, text)
		}
	}
	// The longer ones first: the URL of a sandbox holds the id of the run.
	slices.SortStableFunc(n.cut, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return n
}

var (
	uuids  = regexp.MustCompile(`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}`)
	times  = regexp.MustCompile(`^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$`)
	epochs = regexp.MustCompile(`\b\d{10,13}\b`) // moments in seconds or milliseconds
	counts = regexp.MustCompile(`^\d+$|"\d+"`)   // integers that a world counts its objects with
	tokens = regexp.MustCompile(`^(eyJ[\w-]+\.[\w-]+\.[\w-]+|[\w-]{20,}|\*+)$`)
)

// volatile are members whose values say nothing about the contract: counters, versions and moments.
var volatile = map[string]bool{
	"version": true, "expires_on": true, "expires_in": true, "iat": true, "exp": true, "nbf": true, "timestamp": true,
}

// value makes a decoded JSON value comparable; member is the name that it stands under.
func (n *normaliser) value(member string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for name, item := range v {
			out[name] = n.value(name, item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = n.value(member, item)
		}
		sortObjects(out)
		return out
	case string:
		return n.text(v)
	case json.Number:
		if volatile[member] || member == "id" || strings.HasSuffix(member, "_id") {
			return "<number>"
		}
		if epochs.MatchString(v.String()) {
			return "<time>"
		}
		return v
	}
	return v
}

func (n *normaliser) text(s string) string {
	for _, own := range n.cut {
		s = strings.ReplaceAll(s, own, "<run>")
	}
	if times.MatchString(s) {
		return "<time>"
	}
	s = uuids.ReplaceAllString(s, "<id>")
	s = counts.ReplaceAllString(epochs.ReplaceAllString(s, "<time>"), "<number>")
	if !strings.Contains(s, "<") && tokens.MatchString(s) {
		return "<token>"
	}
	return s
}

// sortObjects puts the objects of a list into an order of what they say: that of the endpoint is often the one of their
// identifiers. Lists of plain values keep their order.
func sortObjects(list []any) {
	texts := make(map[int]string, len(list))
	order := make([]int, len(list))
	for i, item := range list {
		if _, is := item.(map[string]any); !is {
			return
		}
		text, _ := json.Marshal(item) // it was JSON before; members come in the order of their names
		texts[i], order[i] = string(text), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(texts[a], texts[b]) })
	sorted := make([]any, len(list))
	for i, from := range order {
		sorted[i] = list[from]
	}
	copy(list, sorted)
}
