package reportfile

import (
	"math/big"

	"github.com/tenantry/tenantry/mock/model"
)

// What prices and the table for people count in.
const (
	bytesInGiB    = 1 << 30
	secondsInHour = 3600
)

// cost is what is asked for the effective usage in production, to the cent.
func cost(line *model.ReportLine) string {
	price, ok := new(big.Rat).SetString(line.Price)
	if !ok {
		return ""
	}
	amount := big.NewRat(line.Production.Effective, perUnit(line))
	return price.Mul(price, amount).FloatString(2)
}

// perUnit is how much of the unit of measurement one priced unit is.
func perUnit(line *model.ReportLine) int64 {
	switch line.UsageUnit() {
	case model.UnitBytes:
		return bytesInGiB
	case model.UnitSeconds:
		return secondsInHour
	}
	return 1
}
