package state

import (
	"bytes"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/tenantry/tenantry/mock/model"
)

// A rowPlan says how the members of a stored row become the fields of its struct. Stored rows are written by
// encoding/json from the same struct, so that next to all of them need no more than this: plain texts, numbers, times,
// lists of texts. It takes a third of the time of encoding/json, which is what reads the rows that need more.
type rowPlan []rowStep

type rowStep struct {
	name  string
	field int
	read  func(s *rowScan, v reflect.Value) bool // nil: not for this plan
}

// planOf is the plan of a struct. Fields of other types than these, or with methods of their own, have no step.
func planOf(t reflect.Type) rowPlan {
	var p rowPlan
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && f.Type.Kind() == reflect.Pointer {
			for _, step := range planOf(f.Type.Elem()) {
				p = append(p, rowStep{step.name, i, inside(step)})
			}
		}
		if f.Anonymous || name == "" || name == "-" {
			continue
		}
		p = append(p, rowStep{name, i, readerOf(f.Type)})
	}
	return p
}

// step is the step of a member and the place behind it: members are mostly in the order of the fields.
func (p rowPlan) step(name []byte, from int) (step *rowStep, next int) {
	for i := range p {
		at := (from + i) % len(p)
		if p[at].name == string(name) {
			return &p[at], at + 1
		}
	}
	return nil, from
}

// inside is a step into a struct that the row points at, which is made for the first of its members.
func inside(step rowStep) func(*rowScan, reflect.Value) bool {
	if step.read == nil {
		return nil
	}
	return func(s *rowScan, v reflect.Value) bool {
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		return step.read(s, v.Elem().Field(step.field))
	}
}

func readerOf(t reflect.Type) func(*rowScan, reflect.Value) bool {
	switch t {
	case reflect.TypeFor[time.Time]():
		return (*rowScan).time
	case reflect.TypeFor[model.Moment]():
		return (*rowScan).moment
	}
	if t.PkgPath() != "" && (t.NumMethod() > 0 || reflect.PointerTo(t).NumMethod() > 0) && t.Kind() != reflect.Struct {
		return nil
	}
	switch t.Kind() {
	case reflect.String:
		if t == reflect.TypeFor[model.TenantID]() || t == reflect.TypeFor[model.UserID]() {
			return (*rowScan).id
		}
		return (*rowScan).string
	case reflect.Bool:
		return (*rowScan).bool
	case reflect.Int, reflect.Int64:
		return (*rowScan).int
	case reflect.Pointer:
		switch t {
		case reflect.TypeFor[*string]():
			return (*rowScan).reference
		case reflect.TypeFor[*bool]():
			return (*rowScan).choice
		}
	case reflect.Slice:
		if t == reflect.TypeFor[[]string]() {
			return (*rowScan).list
		}
	case reflect.Struct:
		if !hasCodec(t) {
			p := planOf(t)
			return func(s *rowScan, v reflect.Value) bool { return s.object(p, v) }
		}
	default:
	}
	return nil
}

// hasCodec reports whether a struct reads itself.
func hasCodec(t reflect.Type) bool {
	_, json := reflect.PointerTo(t).MethodByName("UnmarshalJSON")
	_, text := reflect.PointerTo(t).MethodByName("UnmarshalText")
	return json || text
}

// read fills the struct with texts that k keeps. It is false, and the struct half filled, where the row needs encoding/json.
func (p rowPlan) read(value []byte, k *keeper, into reflect.Value) bool {
	s := &rowScan{rest: value, keep: k}
	return s.object(p, into) && len(s.rest) == 0
}

// A rowScan is what is left to be read of a row. Its methods are false at anything that a plan does not cover.
type rowScan struct {
	rest []byte
	keep *keeper
}

// take reads one byte if it is c.
func (s *rowScan) take(c byte) bool {
	if len(s.rest) == 0 || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

// text reads a text without escapes; it is a part of the row.
func (s *rowScan) text() (text []byte, ok bool) {
	if !s.take('"') {
		return nil, false
	}
	end := bytes.IndexByte(s.rest, '"')
	if end < 0 || bytes.IndexByte(s.rest[:end], '\\') >= 0 {
		return nil, false
	}
	text, s.rest = s.rest[:end], s.rest[end+1:]
	return text, true
}

// word reads up to the end of a number or literal.
func (s *rowScan) word() string {
	end := bytes.IndexAny(s.rest, ",}]")
	if end < 0 {
		return ""
	}
	word := s.rest[:end]
	s.rest = s.rest[end:]
	return string(word)
}

func (s *rowScan) object(p rowPlan, v reflect.Value) bool {
	if !s.take('{') {
		return false
	}
	if s.take('}') {
		return true
	}
	var step *rowStep
	for next := 0; ; {
		name, ok := s.text()
		if !ok || !s.take(':') {
			return false
		}
		if step, next = p.step(name, next); step == nil || step.read == nil || !step.read(s, v.Field(step.field)) {
			return false
		}
		if !s.take(',') {
			return s.take('}')
		}
	}
}

func (s *rowScan) string(v reflect.Value) bool {
	text, ok := s.text()
	if ok {
		v.SetString(s.keep.text(text))
	}
	return ok
}

// id reads an identifier that rows of several tables have.
func (s *rowScan) id(v reflect.Value) bool {
	text, ok := s.text()
	if ok {
		v.SetString(s.keep.id(text))
	}
	return ok
}

func (s *rowScan) reference(v reflect.Value) bool {
	text, ok := s.text()
	if ok {
		v.Set(reflect.ValueOf(s.keep.ref(text)))
	}
	return ok
}

// choice reads what is true, false, or not there.
func (s *rowScan) choice(v reflect.Value) bool {
	v.Set(reflect.New(v.Type().Elem()))
	return s.bool(v.Elem())
}

func (s *rowScan) list(v reflect.Value) bool {
	if !s.take('[') {
		return false
	}
	s.keep.list = s.keep.list[:0]
	for !s.take(']') {
		if len(s.keep.list) > 0 && !s.take(',') {
			return false
		}
		text, ok := s.text()
		if !ok {
			return false
		}
		s.keep.list = append(s.keep.list, s.keep.text(text))
	}
	v.Set(reflect.ValueOf(s.keep.kept()))
	return true
}

func (s *rowScan) bool(v reflect.Value) bool {
	word := s.word()
	v.SetBool(word == "true")
	return word == "true" || word == "false"
}

func (s *rowScan) int(v reflect.Value) bool {
	n, err := strconv.ParseInt(s.word(), 10, 64)
	v.SetInt(n)
	return err == nil
}

func (s *rowScan) time(v reflect.Value) bool {
	text, ok := s.text()
	return ok && v.Addr().Interface().(*time.Time).UnmarshalText(text) == nil
}

func (s *rowScan) moment(v reflect.Value) bool {
	var t time.Time
	text, ok := s.text()
	if !ok || t.UnmarshalText(text) != nil {
		return false
	}
	v.SetInt(int64(model.MomentOf(t)))
	return true
}
