package record

import (
	"fmt"
	"regexp"
	"strings"
)

// shortest is how long a sensitive text must be for texts that hold it to be sensitive too.
const shortest = 6

// A disguise knows what is sensitive in a session and what stands in for it.
type disguise struct {
	words     *vocabulary
	sensitive map[string]bool // secrets, and what tells of people
	told      map[string]bool // which texts give some of it away
	unique    map[string]bool // values that no two objects may share
	standIns  map[string]string
	keys      map[string]string
	count     map[string]int
	inputs    []input
}

// An input is what the draft leaves to those who run it.
type input struct {
	name, about string
	value       string // that it stands for; "" for none
	secret      bool
	number      bool
}

// newDisguise looks through a session for what is sensitive.
func newDisguise(session []*exchange, words *vocabulary) *disguise {
	d := &disguise{
		words: words, sensitive: map[string]bool{}, told: map[string]bool{}, unique: map[string]bool{},
		standIns: map[string]string{}, keys: map[string]string{}, count: map[string]int{},
	}
	for _, x := range session {
		for _, v := range x.credentials() {
			d.sensitive[v] = true
		}
		x.sent(func(names []string, v any) {
			c, t := innermost(names), text(v)
			if c != other && c != word && c != version {
				d.sensitive[t] = true
			}
			if len(names) > 0 && unique(names[len(names)-1], c) {
				d.unique[t] = true
			}
		})
		if v, ok := x.answer.json(); ok {
			walk(v, nil, func(names []string, v any) {
				if innermost(names) == secret {
					d.sensitive[text(v)] = true
				}
			})
		}
	}
	delete(d.sensitive, "")
	return d
}

// tells whether a text gives something away.
func (d *disguise) tells(t string) bool {
	if d.sensitive[t] {
		return true
	}
	tells, known := d.told[t]
	if known {
		return tells
	}
	for s := range d.sensitive {
		if len(s) >= shortest && strings.Contains(t, s) {
			tells = true
			break
		}
	}
	d.told[t] = tells
	return tells
}

// harmless tells whether a text may stand in the draft as it was sent.
func (d *disguise) harmless(t string, c class) bool {
	switch {
	case t == "" || t == "true" || t == "false":
		return true
	case c != other && c != word && c != version:
		return false
	case d.words.values[t]:
		return true
	case d.tells(t):
		return false
	}
	return isUUID.MatchString(t) || isTime.MatchString(t) || isNumber.MatchString(t) || c == word && isWord.MatchString(t)
}

// A template is a text with a number, and another one for values that must be unique.
type template struct{ kind, plain, unique string }

var templates = map[class]template{
	person: {"user", "user%d", "user%d-{$inputs.run_id}"},
	name:   {"name", "Name %d", "Name %d {$inputs.run_id}"},
	phone:  {"phone", "+1202555%04d", "+1202555%04d"},
	host:   {"host", "host%d.example.com", "host%d.example.com"},
	other:  {"text", "Text %d", "Text %d"},
}

var (
	isEmail = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	isURL   = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*://`)
	isPhone = regexp.MustCompile(`^\+[0-9][0-9 ()./-]{5,}$`)
)

// standIn is what stands for a text: always the same for the same text.
func (d *disguise) standIn(t string, c class) string {
	if s, ok := d.standIns[t]; ok {
		return s
	}
	switch {
	case isEmail.MatchString(t):
		c = person
	case isURL.MatchString(t):
		c = host
	case isPhone.MatchString(t):
		c = phone
	}
	s := d.next(t, c)
	if isEmail.MatchString(t) {
		s += "@example.com"
	} else if isURL.MatchString(t) {
		s = "https://" + s + "/"
	}
	d.standIns[t] = s
	return s
}

func (d *disguise) next(t string, c class) string {
	use, ok := templates[c]
	if !ok {
		use = templates[other]
	}
	d.count[use.kind]++
	if d.unique[t] && strings.Contains(use.unique, "{") {
		return fmt.Sprintf(use.unique, d.count[use.kind])
	}
	return fmt.Sprintf(use.plain, d.count[use.kind])
}

// key is the name of a member as it may be told.
func (d *disguise) key(k string) string {
	if d.words.members[k] {
		return k
	}
	if isName.MatchString(k) && !d.tells(k) && !isNumber.MatchString(k) {
		return k
	}
	if _, ok := d.keys[k]; !ok {
		d.keys[k] = fmt.Sprintf("member_%d", len(d.keys)+1)
	}
	return d.keys[k]
}

// isName is a name as programs use it: longer ones, and those with digits, may be values.
var isName = regexp.MustCompile(`^[A-Za-z_]{1,24}$`)

// reserved are inputs that mean something to those who run scenarios.
const reserved = "token"

// input is the input that stands for a secret, as an expression.
func (d *disguise) input(base, about, v string, number bool) string {
	for _, in := range d.inputs {
		if in.value == v && v != "" {
			return "$inputs." + in.name
		}
	}
	if !d.words.members[base] || strings.Trim(base, nameBytes) != "" {
		base = "secret"
	}
	if base == reserved {
		base = "other_token"
	}
	d.inputs = append(d.inputs, input{name: d.free(base), about: about, value: v, secret: true, number: number})
	return "$inputs." + d.inputs[len(d.inputs)-1].name
}

const nameBytes = "_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// free is a name that no input has.
func (d *disguise) free(base string) string {
	free := base
	for i := 2; d.declared(free); i++ {
		free = fmt.Sprintf("%s_%d", base, i)
	}
	return free
}

func (d *disguise) declared(name string) bool {
	for _, in := range d.inputs {
		if in.name == name {
			return true
		}
	}
	return name == "run_id"
}
