package op

import (
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/tenantry/tenantry/mock/model"
)

// List is a parameter of comma-separated values.
type List []string

// bind fills a new input from the checked request.
func (p *plan) bind(ex *Exchange) (any, error) {
	in := reflect.New(p.in).Elem()
	for _, b := range p.fields {
		if err := b.set(in.Field(b.field), ex); err != nil {
			return nil, err
		}
	}
	if p.body >= 0 && len(ex.Checked.Body) > 0 {
		if err := json.Unmarshal(ex.Checked.Body, in.Field(p.body).Addr().Interface()); err != nil {
			return nil, model.Errorf(model.Invalid, "invalid_body", "the body cannot be read: %v", err)
		}
	}
	if p.raw >= 0 {
		in.Field(p.raw).SetBytes(ex.Body)
	}
	return in.Interface(), nil
}

func (b *binding) set(f reflect.Value, ex *Exchange) error {
	values, ok := b.values(ex)
	if !ok {
		if b.fallback == "" {
			return nil
		}
		values = []string{b.fallback}
	}
	err := assign(f, values)
	if err == nil {
		return nil
	}
	if b.place == inPath { // an id that is none names no object
		return model.Missing(strings.TrimSuffix(b.name, "_id"), values[0])
	}
	return model.Errorf(model.Invalid, "invalid_parameter", "%s parameter %q: %v", b.place, b.name, err)
}

func (b *binding) values(ex *Exchange) ([]string, bool) {
	switch b.place {
	case inPath:
		v, ok := ex.Path[b.name]
		return []string{v}, ok
	case inQuery:
		return present(ex.Checked.Query, b.name)
	case inForm:
		return present(ex.Checked.Form, b.name)
	case inHeader:
		v := ex.Request.Header.Values(b.name)
		return v, len(v) > 0
	}
	return nil, false
}

func present(from url.Values, name string) ([]string, bool) {
	v, ok := from[name]
	return v, ok && len(v) > 0
}

var listType = reflect.TypeFor[List]()

// assign converts texts to the field's type: a text, an id, a boolean, an integer, a List, a slice of texts,
// or a pointer to one of them.
func assign(f reflect.Value, values []string) error {
	if f.Type() == listType {
		f.Set(reflect.ValueOf(splitList(values[0])))
		return nil
	}
	switch f.Kind() {
	case reflect.Pointer:
		f.Set(reflect.New(f.Type().Elem()))
		return assign(f.Elem(), values)
	case reflect.Slice:
		f.Set(reflect.ValueOf(values))
		return nil
	case reflect.String:
		return assignText(f, values[0])
	case reflect.Bool:
		v, err := strconv.ParseBool(values[0])
		f.SetBool(v)
		return wrong(err, values[0], "true or false")
	case reflect.Int, reflect.Int64:
		v, err := strconv.ParseInt(values[0], 10, 64)
		f.SetInt(v)
		return wrong(err, values[0], "an integer")
	default:
		return fmt.Errorf("cannot fill a field of type %v", f.Type())
	}
}

func wrong(err error, value, want string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%q is not %s", value, want)
}

// assignText refuses a text that is no UUID where the field is an id.
func assignText(f reflect.Value, value string) error {
	if f.Type() != reflect.TypeFor[string]() && strings.HasSuffix(f.Type().Name(), "ID") && !model.IsUUID(value) {
		return fmt.Errorf("%q is not a UUID", value)
	}
	f.SetString(value)
	return nil
}

func splitList(text string) List {
	var list List
	for item := range strings.SplitSeq(text, ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}
