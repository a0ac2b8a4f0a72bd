package fault

import (
	"encoding/json"
	"regexp"
	"strconv"

	"github.com/tenantry/tenantry/mock/internal/match"
)

// A Rule says which requests meet which fault, and when. Rules are data: they travel as JSON, and what was written is
// what is shown.
type Rule struct {
	ID    string          `json:"id"`
	Kind  string          `json:"kind"`
	Match match.Matcher   `json:"match,omitzero"`
	When  When            `json:"when,omitzero"`
	Phase Phase           `json:"phase,omitempty"` // "": the first that the kind offers
	Seed  int64           `json:"seed,omitempty"`
	With  json.RawMessage `json:"with,omitempty"`
}

// ParseRules reads a JSON array of rules. Its problems are those of the text alone: an unknown or misspelt member, a value
// of the wrong type; what a rule means is judged when a Set takes it. Pointers start at the array.
func ParseRules(text []byte) ([]Rule, []Problem) {
	var raw []json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		return nil, []Problem{{Detail: "is not a JSON array of rules: " + reason(err)}}
	}
	rules := make([]Rule, len(raw))
	var problems []Problem
	for i := range raw {
		problems = append(problems, decode(raw[i], &rules[i], "/"+strconv.Itoa(i))...)
	}
	return rules, problems
}

// ParseRule reads one rule, a JSON object, as ParseRules does.
func ParseRule(text []byte) (Rule, []Problem) {
	var r Rule
	problems := decode(text, &r, "")
	return r, problems
}

// ruleID is what an id may be, so that it can stand in a path and in a header.
var ruleID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

func checkID(id string) []Problem {
	switch {
	case id == "":
		return []Problem{{"/id", "is required: a name of your choice, such as flaky-users"}}
	case !ruleID.MatchString(id):
		return []Problem{{"/id", "must be 1 to 100 letters, digits, dots, dashes or underscores, and begin with a letter or digit"}}
	}
	return nil
}

// under moves problems below a pointer.
func under(pointer string, problems []Problem) []Problem {
	out := make([]Problem, len(problems))
	for i, p := range problems {
		out[i] = Problem{Pointer: pointer + p.Pointer, Detail: p.Detail}
	}
	return out
}
