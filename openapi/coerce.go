package openapi

import (
	"encoding/json"
	"strconv"
)

// convert irons out the harmless deviations of a scalar that real clients show in
// bodies (wire facts, clients 1): "true" and "1" for booleans, "12" and 2.0 for integers.
func (w *walker) convert(s *schema, v any) (any, bool) {
	if !w.coerce {
		return v, false
	}
	next, ok := v, false
	switch s.kind {
	case kindBoolean:
		next, ok = toBoolean(v)
	case kindInteger:
		next, ok = toInteger(v)
	case kindNumber:
		next, ok = toNumber(v)
	}
	if ok {
		if _, number := v.(json.Number); !number || s.kind != kindInteger {
			w.coerced++ // 2.0 is an integer as it is, in JSON Schema's eyes
		}
		w.report(Deviation, "should be "+withArticle(s.kind)+" and was read from "+described(v))
	}
	return next, ok
}

func toBoolean(v any) (any, bool) {
	switch v := v.(type) {
	case string:
		if b, ok := parseBoolean(v); ok {
			return b, true
		}
	case json.Number:
		if v == "0" || v == "1" {
			return v == "1", true
		}
	}
	return v, false
}

// parseBoolean reads the spellings of a boolean that clients send as text.
func parseBoolean(text string) (value, ok bool) {
	switch text {
	case "true", "True", "1":
		return true, true
	case "false", "False", "0":
		return false, true
	}
	return false, false
}

func toInteger(v any) (any, bool) {
	switch v := v.(type) {
	case string:
		if digits, ok := parseInteger(v); ok {
			return json.Number(digits), true
		}
	case json.Number:
		digits, whole := wholeNumber(string(v))
		if whole && digits != string(v) {
			return json.Number(digits), true
		}
	}
	return v, false
}

// parseInteger returns the plain digits of an integer that is sent as text.
func parseInteger(text string) (digits string, ok bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return "", false
	}
	return strconv.FormatInt(n, 10), true
}

func toNumber(v any) (any, bool) {
	text, ok := v.(string)
	if !ok {
		return v, false
	}
	// What decodes as a number is one that JSON can write: no hexadecimals, no NaN.
	n, _, err := decode([]byte(text))
	if err != nil {
		return v, false
	}
	number, ok := n.(json.Number)
	if !ok {
		return v, false
	}
	return number, true
}
