package state

import (
	"fmt"

	"github.com/tenantry/tenantry/mock/model"
)

// Fill writes a row of any kind as it is, for loading a fixture: no rule is asked, no version rises.
func (tx *Tx) Fill(row any) error {
	switch row := row.(type) {
	case *model.Tenant:
		tx.PutTenant(row)
	case *model.User:
		tx.PutUser(row)
	case *model.Credential:
		Credentials.put(tx, row)
	case *model.Client:
		tx.PutClient(row)
	case *model.Policy:
		tx.PutPolicy(row)
	case *model.Group:
		tx.PutGroup(row)
	case *model.Brand:
		tx.PutBrand(row)
	case *model.Fact:
		Facts.put(tx, row)
	default:
		return fmt.Errorf("a fixture cannot hold a %T", row)
	}
	return nil
}
