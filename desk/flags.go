package desk

import (
	"fmt"
	"slices"
	"strings"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// findFlag finds a flag of a property by a name as a person types it: that of
// Microsoft's pages, with or without the prefixes ADS_UF_, UF_,
// ADS_GROUP_TYPE_ and the like, or the words for it, whatever the case and
// whether _, - or a space stands between.
func findFlag(property, text string) (models.NamedFlag, bool) {
	wanted := flagKey(text)
	if other, ok := flagAliases()[wanted]; ok {
		wanted = other
	}
	for _, f := range models.FlagSet(property) {
		if wanted == flagKey(f.Name) || wanted == squeeze(f.Words) {
			return f, true
		}
	}
	return models.NamedFlag{}, false
}

// flagKey is a flag's name without what varies.
func flagKey(name string) string {
	key := squeeze(name)
	for _, prefix := range []string{"ADSGROUPTYPE", "GROUPTYPE", "ADAXESUF", "ADSUF", "UF"} {
		if rest, had := strings.CutPrefix(key, prefix); had && rest != "" {
			return rest
		}
	}
	return key
}

func squeeze(name string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "", ",", "").Replace(strings.ToUpper(name))
}

// flagAliases are other names that Microsoft's own pages use for flags, and
// short ones.
func flagAliases() map[string]string {
	return map[string]string{
		"DONTEXPIREPASSWORD":                 "DONTEXPIREPASSWD",
		"NEVEREXPIRES":                       "DONTEXPIREPASSWD",
		"ENCRYPTEDTEXTPWDALLOWED":            "ENCRYPTEDTEXTPASSWORDALLOWED",
		"TRUSTEDTOAUTHENTICATEFORDELEGATION": "TRUSTEDTOAUTHFORDELEGATION",
		"DONTREQPREAUTH":                     "DONTREQUIREPREAUTH",
		"PASSWDNOTREQUIRED":                  "PASSWDNOTREQD",
		"MUSTCHANGE":                         "MUSTCHANGEPASSWDATLOGON",
		"MUSTCHANGEPASSWORDATLOGON":          "MUSTCHANGEPASSWDATLOGON",
		"CANNOTCHANGE":                       "PASSWDCANTCHANGE",
		"DISABLE":                            "ACCOUNTDISABLE",
		"SMARTCARD":                          "SMARTCARDREQUIRED",
		"LOCKED":                             "LOCKOUT",
		"GLOBALGROUP":                        "GLOBAL",
		"LOCAL":                              "DOMAINLOCAL",
		"LOCALGROUP":                         "DOMAINLOCAL",
		"DOMAINLOCALGROUP":                   "DOMAINLOCAL",
		"UNIVERSALGROUP":                     "UNIVERSAL",
		"SECURITY":                           "SECURITYENABLED",
	}
}

// MaskFor makes the value and the mask that switch flags of a property: only
// what is named goes into the mask, and of a choice, such as a group's scope,
// all of its flags.
func MaskFor(property string, switches []FlagSwitch) (value, mask int32, err error) {
	set := models.FlagSet(property)
	if set == nil {
		return 0, 0, invalidProperty(property, english.Own("it has no flags with names; set its number instead"))
	}
	chosen := map[string]string{}
	for _, s := range switches {
		f, ok := findFlag(property, s.Flag)
		switch {
		case !ok:
			return 0, 0, invalidProperty(property, english.Own(fmt.Sprintf("it has no flag %s; there are %s", english.Quoted(s.Flag), flagNames(set))))
		case f.Fixed != "":
			return 0, 0, invalidProperty(property, english.Naming(f.Name, " cannot be switched: "+f.Fixed))
		case f.Choice != "" && !s.On:
			if !choosesOther(property, switches, f) {
				return 0, 0, invalidProperty(property, english.Naming(f.Name, " cannot be switched off by itself: switch on another "+f.Choice))
			}
			continue // the other one says it already
		case f.Choice != "" && chosen[f.Choice] != "" && chosen[f.Choice] != f.Name:
			return 0, 0, invalidProperty(property, english.Naming(chosen[f.Choice], " and "+f.Name+" cannot both be its "+f.Choice))
		case f.Choice == "" && mask&f.Bit != 0 && (value&f.Bit != 0) != s.On:
			return 0, 0, invalidProperty(property, english.Naming(f.Name, " is both switched on and off"))
		}
		mask |= f.Bit
		if s.On {
			value |= f.Bit
		}
		if f.Choice != "" {
			chosen[f.Choice] = f.Name
			for _, other := range set {
				if other.Choice == f.Choice {
					mask |= other.Bit
				}
			}
		}
	}
	return value, mask, nil
}

// choosesOther reports whether a flag of the same choice, and another one, is
// switched on.
func choosesOther(property string, switches []FlagSwitch, f models.NamedFlag) bool {
	return slices.ContainsFunc(switches, func(s FlagSwitch) bool {
		other, ok := findFlag(property, s.Flag)
		return ok && s.On && other.Choice == f.Choice && other.Name != f.Name
	})
}

func flagNames(set []models.NamedFlag) string {
	var names []string
	for _, f := range set {
		if f.Fixed == "" {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// invalidProperty is what is wrong with what a person wants of a property.
func invalidProperty(name string, why english.Phrase) error {
	return &models.Error{Kind: models.InWords(why.String(), models.ErrInvalid), Action: "set", Object: name, Advice: why.Capital() + "."}
}
