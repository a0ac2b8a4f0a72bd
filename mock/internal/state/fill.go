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
	case *model.RegistrationToken:
		tx.PutRegistrationToken(row)
	default:
		return tx.fillLicensing(row)
	}
	return nil
}

// fillLicensing writes a row about what a tenant has and uses, or about the infrastructure.
func (tx *Tx) fillLicensing(row any) error {
	switch row := row.(type) {
	case *model.Infra:
		tx.PutInfra(row)
	case *model.Location:
		tx.PutLocation(row)
	case *model.Binding:
		tx.PutBinding(row)
	case *model.Offering:
		tx.PutOffering(row)
	case *model.AppSetting:
		tx.PutAppSetting(row)
	case *model.Price:
		tx.PutPrice(row)
	case *model.Usage:
		tx.PutUsage(row)
	case *model.Report:
		tx.PutReport(row)
	default:
		return fmt.Errorf("a fixture cannot hold a %T", row)
	}
	return nil
}
