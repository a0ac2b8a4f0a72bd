package control

import (
	"errors"
	"fmt"
	"net/http"
)

// gone tells whether the server no longer has what was to be removed: a rule may have ended by itself.
func gone(err error) bool {
	refusal := &Refusal{}
	return errors.As(err, &refusal) && refusal.Status == http.StatusNotFound
}

// idOf is the id of a rule as it was written, or one by its place.
func idOf(rule any, n int) string {
	if members, ok := rule.(map[string]any); ok {
		if id, ok := members["id"].(string); ok && id != "" {
			return id
		}
	}
	return fmt.Sprintf("rule-%d", n+1)
}
