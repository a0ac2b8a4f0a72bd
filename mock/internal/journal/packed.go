package journal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Headers are the headers of a message with their secrets masked, in one text: packing costs one allocation, and most
// entries are never read. In JSON they are an object of lists.
type Headers string

// Header unpacks the headers.
func (h Headers) Header() http.Header {
	header := http.Header{}
	for rest := string(h); rest != ""; {
		var name, value string
		name, rest, _ = strings.Cut(rest, "\x00")
		value, rest, _ = strings.Cut(rest, "\x00")
		header[name] = append(header[name], value)
	}
	return header
}

// MarshalJSON writes an object of lists.
func (h Headers) MarshalJSON() ([]byte, error) { return json.Marshal(h.Header()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (h *Headers) UnmarshalJSON(text []byte) error {
	var header http.Header
	if err := json.Unmarshal(text, &header); err != nil {
		return fmt.Errorf("read the headers of an entry: %w", err)
	}
	*h = Pack(header)
	return nil
}

// Params are the query of a URL with its secrets masked, as it was sent. In JSON they are an object of lists.
type Params string

// Values are the parameters that can be read.
func (q Params) Values() url.Values {
	if q == "" {
		return nil
	}
	values, _ := url.ParseQuery(string(q)) // has all that can be read
	return values
}

// MarshalJSON writes an object of lists.
func (q Params) MarshalJSON() ([]byte, error) { return json.Marshal(q.Values()) }

// UnmarshalJSON reads what MarshalJSON wrote.
func (q *Params) UnmarshalJSON(text []byte) error {
	var values url.Values
	if err := json.Unmarshal(text, &values); err != nil {
		return fmt.Errorf("read the query of an entry: %w", err)
	}
	*q = Params(values.Encode())
	return nil
}
