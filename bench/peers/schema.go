package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// schema is a JSON schema that the document meets, with its members in their order: a map would sort them.
func schema(document []byte) (json.RawMessage, error) {
	in := json.NewDecoder(bytes.NewReader(document))
	text, err := schemaOf(in)
	if err != nil {
		return nil, fmt.Errorf("describe the answer: %w", err)
	}
	return json.RawMessage(text), nil
}

func schemaOf(in *json.Decoder) (string, error) {
	token, err := in.Token()
	if err != nil {
		return "", err
	}
	switch token := token.(type) {
	case json.Delim:
		if token == '[' {
			return `{"type":"array","items":{}}`, skip(in)
		}
		return membersOf(in)
	case float64:
		return `{"type":"number"}`, nil
	case bool:
		return `{"type":"boolean"}`, nil
	case nil:
		return `{"type":"string","nullable":true}`, nil
	default:
		return `{"type":"string"}`, nil
	}
}

func membersOf(in *json.Decoder) (string, error) {
	var members []string
	for in.More() {
		name, err := in.Token()
		if err != nil {
			return "", err
		}
		member, err := schemaOf(in)
		if err != nil {
			return "", err
		}
		members = append(members, fmt.Sprintf("%q:%s", name, member))
	}
	_, err := in.Token() // the closing brace
	return `{"type":"object","properties":{` + strings.Join(members, ",") + `}}`, err
}

// skip reads on to the end of the array that was begun.
func skip(in *json.Decoder) error {
	for depth := 1; depth > 0; {
		token, err := in.Token()
		if err != nil {
			return err
		}
		switch token {
		case json.Delim('['), json.Delim('{'):
			depth++
		case json.Delim(']'), json.Delim('}'):
			depth--
		}
	}
	return nil
}
