package control

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/tenantry/tenantry/mock/internal/fault"
)

// kindOut is one kind of fault.
type kindOut struct {
	Name       string          `json:"name"`
	Family     fault.Family    `json:"family"`
	Summary    string          `json:"summary"`
	Phases     []fault.Phase   `json:"phases"`
	Operations []string        `json:"operations"` // empty: all
	Parameters []parameter     `json:"parameters"`
	Example    json.RawMessage `json:"example"`
}

// parameter is what a rule may say under "with".
type parameter struct {
	Name    string `json:"name"`
	Type    string `json:"type"`
	Default any    `json:"default,omitempty"`
}

func listFaultKinds(context.Context, nothing) (list[kindOut], error) {
	out := list[kindOut]{Items: []kindOut{}}
	for _, k := range fault.Kinds() {
		one := kindOut{
			Name: k.Name, Family: k.Family, Summary: k.Summary, Phases: k.Phases,
			Operations: append([]string{}, k.Operations...), Parameters: []parameter{}, Example: json.RawMessage(k.Example),
		}
		if k.With != nil {
			one.Parameters = parametersOf(reflect.ValueOf(k.With()).Elem())
		}
		out.Items = append(out.Items, one)
	}
	return out, nil
}

// parametersOf reads the parameters off the struct that rules are decoded into. What it holds before is the default.
func parametersOf(v reflect.Value) []parameter {
	params := []parameter{}
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		p := parameter{Name: name, Type: typeName(v.Type().Field(i).Type)}
		if f := v.Field(i); !f.IsZero() {
			p.Default = f.Interface()
		}
		params = append(params, p)
	}
	return params
}

// typeName is a Go type in the words of the document.
func typeName(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		return typeName(t.Elem())
	}
	if t == reflect.TypeFor[fault.Duration]() {
		return "duration"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "text"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice, reflect.Array:
		return "list"
	case reflect.Struct, reflect.Map, reflect.Interface:
		return "object"
	default:
		return "integer"
	}
}
