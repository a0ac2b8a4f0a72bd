package sample

import (
	_ "embed"
	"fmt"

	"github.com/tenantry/tenantry/contracttest/report"
	"github.com/tenantry/tenantry/contracttest/report/coverage"
	"github.com/tenantry/tenantry/openapi"
)

//go:embed api.json
var api []byte

// Document describes the API that the sample is about.
func Document() *openapi.Document {
	doc, err := openapi.Parse(api)
	if err != nil {
		panic(fmt.Sprintf("the sample's own document: %s", err))
	}
	return doc
}

// Unreachable are the pairs of the document that no client can cause.
func Unreachable() map[coverage.Pair]string {
	return map[coverage.Pair]string{
		{Operation: "getLogo", Status: 406}:      "the logo has one form only",
		{Operation: "deleteTenant", Status: 409}: "the lock is taken by jobs of the platform",
	}
}

// Table is the coverage of the sample.
func Table() *coverage.Table { return coverage.Of(met(), Document(), Unreachable()) }

func met() report.Coverage {
	return report.Coverage{
		"createTenant": {201: 9, 400: 2, 401: 1, 409: 0, 415: 0},
		"getTenant":    {200: 31, 401: 1, 404: 3, 418: 1, 500: 0},
		"updateTenant": {200: 4, 401: 0, 404: 0, 409: 2},
		"deleteTenant": {204: 9, 401: 0, 404: 1, 409: 1},
		"listUsers":    {200: 2, 401: 0},
		"createUser":   {200: 6, 400: 1, 401: 0, 409: 1},
		"getLogo":      {200: 0, 401: 0, 406: 0},
	}
}
