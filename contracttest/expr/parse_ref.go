package expr

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/tenantry/tenantry/contracttest/value"
)

// ref reads a reference from its dollar sign on.
func (p *parser) ref() (Ref, error) {
	start := p.at
	p.take("$")
	r := Ref{Kind: Kind(p.name())}
	var err error
	switch r.Kind {
	case URL, Method, StatusCode, Index:
		return r, nil
	case Item:
	case Request:
		err = p.message(&r, Header, Query, Path, Body)
	case Response:
		err = p.message(&r, Header, Body)
	case Inputs:
		err = p.words(&r.Name)
	case Steps:
		err = p.owned(&r, Outputs)
	case Workflows:
		err = p.owned(&r, Outputs, string(Inputs))
	case Sources:
		if err = p.words(&r.Owner); err == nil {
			err = p.part(&r, "url")
		}
	case Components:
		err = p.words(&r.Owner, &r.Name)
	default:
		p.at = start
		return r, fmt.Errorf("$%s is no expression; %s", string(r.Kind), hint(string(r.Kind)))
	}
	if err != nil {
		return r, err
	}
	return p.pointer(r)
}

func hint(word string) string {
	if near := value.Nearest(word, kinds); near != "" {
		return "did you mean $" + near + "?"
	}
	return "expressions begin with $" + strings.Join(kinds, ", $")
}

// words reads a dot and a name for each place.
func (p *parser) words(to ...*string) error {
	for _, place := range to {
		if !p.take(".") {
			return errors.New("a dot and a name must follow")
		}
		if *place = p.name(); *place == "" {
			return errors.New("a name must follow the dot")
		}
	}
	return nil
}

// part reads which part of its owner is meant.
func (p *parser) part(r *Ref, parts ...string) error {
	start := p.at
	if err := p.words(&r.Part); err != nil {
		return fmt.Errorf("%w: .%s", err, strings.Join(parts, ", ."))
	}
	if !slices.Contains(parts, r.Part) {
		p.at = start
		return fmt.Errorf(".%s is unknown; %s", r.Part, value.Hint(r.Part, parts))
	}
	return nil
}

func (p *parser) owned(r *Ref, parts ...string) error {
	if err := p.words(&r.Owner); err != nil {
		return err
	}
	if err := p.part(r, parts...); err != nil {
		return err
	}
	return p.words(&r.Name)
}

func (p *parser) message(r *Ref, parts ...string) error {
	if err := p.part(r, parts...); err != nil || r.Part == Body {
		return err
	}
	return p.words(&r.Name)
}

// beyond are the characters that end a JSON pointer.
const beyond = " \t\r\n()[]<>=!&|,{}'\""

func (p *parser) pointer(r Ref) (Ref, error) {
	if r.textual() || r.Kind == Sources || r.Kind == Components || !p.take("#") {
		return r, nil
	}
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(beyond, p.text[p.at]) < 0 {
		p.at++
	}
	r.Pointed, r.Pointer = true, p.text[start:p.at]
	if err := value.CheckPointer(r.Pointer); err != nil {
		p.at = start
		return r, err
	}
	return r, nil
}
