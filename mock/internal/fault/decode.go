package fault

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/match"
)

// decode fills a struct from JSON and names every member that it does not know or that has the wrong type, at its
// pointer. A rule with a typo must be refused: ignored, it would quietly test nothing.
func decode(raw []byte, into any, at string) []Problem {
	return decodeValue(raw, reflect.ValueOf(into).Elem(), at)
}

var unmarshaler = reflect.TypeFor[json.Unmarshaler]()

func decodeValue(raw json.RawMessage, v reflect.Value, at string) []Problem {
	if bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return []Problem{{at, "must not be null; leave it out instead"}}
	}
	own := v.CanAddr() && v.Addr().Type().Implements(unmarshaler)
	switch {
	case v.Kind() == reflect.Pointer && !own:
		v.Set(reflect.New(v.Type().Elem()))
		return decodeValue(raw, v.Elem(), at)
	case v.Kind() == reflect.Struct && !own:
		return decodeStruct(raw, v, at)
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() == reflect.Struct:
		return decodeList(raw, v, at)
	}
	if err := json.Unmarshal(raw, v.Addr().Interface()); err != nil {
		return []Problem{{at, reason(err)}}
	}
	return nil
}

func decodeStruct(raw json.RawMessage, v reflect.Value, at string) []Problem {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return []Problem{{at, reason(err)}}
	}
	fields := fieldsOf(v.Type())
	var problems []Problem
	for _, name := range sortedKeys(members) {
		pointer := at + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
		i, known := fields[name]
		if !known {
			problems = append(problems, Problem{pointer, "is not known here; " + suggest(name, sortedKeys(fields))})
			continue
		}
		problems = append(problems, decodeValue(members[name], v.Field(i), pointer)...)
	}
	return problems
}

func decodeList(raw json.RawMessage, v reflect.Value, at string) []Problem {
	var items []json.RawMessage
	if err := json.Unmarshal(raw, &items); err != nil {
		return []Problem{{at, reason(err)}}
	}
	v.Set(reflect.MakeSlice(v.Type(), len(items), len(items)))
	var problems []Problem
	for i, item := range items {
		problems = append(problems, decodeValue(item, v.Index(i), at+"/"+strconv.Itoa(i))...)
	}
	return problems
}

// fieldsOf maps the JSON names of a struct to its fields.
func fieldsOf(t reflect.Type) map[string]int {
	fields := map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = i
		}
	}
	return fields
}

// reason says in the words of JSON, not of Go, why a value does not fit.
func reason(err error) string {
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return strings.TrimPrefix(err.Error(), "json: ")
	}
	return fmt.Sprintf("must be %s, not %s", jsonName(wrong.Type), wrong.Value)
}

func jsonName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "an object"
	default:
		return "an integer"
	}
}

// suggest names the known word that was probably meant, or all words when none is near.
func suggest(word string, known []string) string {
	if len(known) == 0 {
		return "nothing is"
	}
	if name := match.Nearest(word, known); name != "" {
		return fmt.Sprintf("did you mean %q?", name)
	}
	return "known are " + strings.Join(known, ", ")
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
