package match

import (
	"errors"
	"strings"

	"github.com/tenantry/tenantry/jsonpath"
)

// parsePath reads an expression, or says what is wrong with it and where.
func parsePath(expression string) (*jsonpath.Path, error) {
	if strings.Count(expression, "..") > 1 {
		return nil, errors.New("it descends (..) more than once, which could take for ever on a deep body; name the members in between")
	}
	return jsonpath.Parse(expression)
}
