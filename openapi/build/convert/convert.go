// Package convert makes JSON of an OpenAPI document that is written by hand in YAML.
package convert

import (
	"bytes"
	"encoding/json"
	"fmt"

	"gopkg.in/yaml.v3"
)

// Documents are the two forms that the binary embeds, each on one line with sorted keys.
type Documents struct {
	Full   []byte // everything, to be handed out
	Parsed []byte // what package openapi reads: without prose and examples, and one media type for each request body
}

// JSON converts the document. Anchors and merges are resolved.
func JSON(text []byte) (Documents, error) {
	var doc map[string]any
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return Documents{}, fmt.Errorf("read the OpenAPI document: %w", err)
	}
	full, err := encode(doc)
	if err != nil {
		return Documents{}, err
	}
	parsed, err := encode(reduce(doc, false))
	return Documents{Full: full, Parsed: parsed}, err
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b) // sorts keys
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write the OpenAPI document as JSON: %w", err)
	}
	return b.Bytes(), nil
}

// prose are the keywords that nothing is judged by.
var prose = map[string]bool{"description": true, "example": true, "examples": true, "license": true}

// reduce copies a value without its prose. The keys of a map with names are no keywords.
func reduce(v any, names bool) any {
	switch v := v.(type) {
	case []any:
		list := make([]any, len(v))
		for i, item := range v {
			list[i] = reduce(item, false)
		}
		return list
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			switch {
			case !names && prose[key]:
			case !names && key == "requestBody":
				out[key] = reduce(single(value), false)
			default:
				out[key] = reduce(value, !names && key == "properties")
			}
		}
		return out
	}
	return v
}

const preferred = "application/json"

// single leaves a request body that has several media types the one for JSON.
func single(body any) any {
	object, ok := body.(map[string]any)
	if !ok {
		return body
	}
	content, _ := object["content"].(map[string]any)
	if len(content) < 2 || content[preferred] == nil {
		return body
	}
	out := map[string]any{"content": map[string]any{preferred: content[preferred]}}
	if object["required"] != nil {
		out["required"] = object["required"]
	}
	return out
}
