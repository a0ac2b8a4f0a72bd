package op

import (
	"errors"

	"github.com/tenantry/tenantry/mock/model"
)

// Nested is the envelope of a refusal as a part of an answer that succeeds as a whole: reportUsages tells so of
// each item that failed (wire facts, core 1 no. 19). What is no refusal comes back as an error.
func Nested(err error) (any, error) {
	refusal := &model.Error{}
	if !errors.As(err, &refusal) {
		return nil, err
	}
	return apiEnvelope(statuses[refusal.Kind], refusal), nil
}
