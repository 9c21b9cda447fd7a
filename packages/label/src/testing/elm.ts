/** A policy of nobody's that uses every element and attribute of the SPIF schema at least once. */
export const ELM = `<?xml version="1.0" encoding="UTF-8"?>
<spif:SPIF xmlns:spif="http://www.xmlspif.org/spif" schemaVersion="2.1" version="3" creationDate="20260101000000Z"
  originatorDN="CN=Registrar,O=Elm" keyIdentifier="00" privilegeId="2.25.1.9" rbacId="2.25.1.8"
  userRefURI="https://elm.example/use" docRefURI="https://elm.example/doc"
  notBefore="2026-01-01T00:00:00Z" notAfter="2030-01-01T01:00:00+01:00">
  <spif:defaultSecurityPolicyId name="ANY" id="2.25.9"/>
  <spif:securityPolicyId name="ELM" id="2.25.1">
    <spif:markingData phrase="Elm"><spif:code>documentStart</spif:code></spif:markingData>
  </spif:securityPolicyId>
  <spif:securityClassifications name="levels">
    <spif:securityClassification name="GUARDED" lacv="7" hierarchy="30" color="red">
      <spif:equivalentClassification policyRef="FIR" lacv="2" applied="both">
        <spif:requiredCategory operation="all">
          <spif:categoryGroup tagSetRef="Handling" tagType="tagType7" lacv="1"/>
        </spif:requiredCategory>
      </spif:equivalentClassification>
      <spif:markingData phrase="GDD"><spif:code>portionMarking</spif:code></spif:markingData>
      <spif:markingData xml:lang="fr" phrase="SURVEILLÉ"><spif:code>pageTopBottom</spif:code></spif:markingData>
      <spif:markingData phrase="HIGH ELM"><spif:code>replacePolicy</spif:code></spif:markingData>
      <spif:markingQualifier markingCode="subject">
        <spif:qualifier markingQualifier="[" qualifierCode="prefix"/>
        <spif:qualifier markingQualifier="]" qualifierCode="suffix"/>
      </spif:markingQualifier>
      <spif:requiredCategory operation="oneOrMore">
        <spif:categoryGroup tagSetRef="Release" tagType="enumerated" enumType="permissive"/>
      </spif:requiredCategory>
    </spif:securityClassification>
    <spif:securityClassification name="OPEN" lacv="1" hierarchy="10"/>
    <spif:securityClassification name="INTERNAL" lacv="4" hierarchy="20" color="#00FF00" obsolete="true"/>
    <spif:markingQualifier markingCode="waterMark">
      <spif:qualifier markingQualifier="* " qualifierCode="prefix"/>
    </spif:markingQualifier>
  </spif:securityClassifications>
  <spif:securityCategoryTagSets>
    <spif:securityCategoryTagSet name="Release" id="2.25.1.1">
      <spif:securityCategoryTag name="To" tagType="enumerated" enumType="permissive" maxSelection="2">
        <spif:tagCategory name="NORTH" lacv="010">
          <spif:equivalentSecCategoryTag policyRef="FIR" tagSetId="2.25.2.1" tagType="permissive" lacv="5" applied="encrypt"/>
          <spif:markingData phrase="North"><spif:code>pageTop</spif:code></spif:markingData>
          <spif:markingData xml:lang="fr" phrase="Nord"><spif:code>pageTop</spif:code></spif:markingData>
        </spif:tagCategory>
        <spif:tagCategory name="SOUTH" lacv="20">
          <spif:excludedClass>OPEN</spif:excludedClass>
          <spif:excludedCategory tagSetRef="Special" tagType="restrictive" all="true"/>
        </spif:tagCategory>
        <spif:tagCategory name="EAST" lacv="30" notAfter="2027-01-01T00:00:00Z"/>
        <spif:markingQualifier>
          <spif:qualifier markingQualifier="for " qualifierCode="prefix"/>
          <spif:qualifier xml:lang="fr" markingQualifier="pour " qualifierCode="prefix"/>
          <spif:qualifier markingQualifier=" &amp; " qualifierCode="separator"/>
        </spif:markingQualifier>
      </spif:securityCategoryTag>
      <spif:equivalentSecurityCategoryTagSet policyRef="FIR" name="To" id="2.25.2.1">
        <spif:requiredCategory operation="onlyOne">
          <spif:categoryGroup tagSetRef="To" tagType="permissive"/>
        </spif:requiredCategory>
      </spif:equivalentSecurityCategoryTagSet>
    </spif:securityCategoryTagSet>
    <spif:securityCategoryTagSet name="Special" id="2.25.1.2">
      <spif:securityCategoryTag tagType="restrictive" singleSelection="true">
        <spif:tagCategory name="BLUE" lacv="0" requiredClass="GUARDED">
          <spif:markingQualifier>
            <spif:qualifier markingQualifier="&lt;" qualifierCode="prefix"/>
            <spif:qualifier markingQualifier="&gt;" qualifierCode="suffix"/>
          </spif:markingQualifier>
          <spif:requiredCategory operation="onlyOne">
            <spif:categoryGroup tagSetRef="Release" tagType="enumerated" enumType="permissive" lacv="10"/>
            <spif:categoryGroup tagSetRef="Release" tagType="enumerated" enumType="permissive" lacv="30"/>
          </spif:requiredCategory>
        </spif:tagCategory>
        <spif:tagCategory name="GREY" lacv="1">
          <spif:markingData><spif:code>noNameDisplay</spif:code><spif:code>noMarkingDisplay</spif:code></spif:markingData>
        </spif:tagCategory>
      </spif:securityCategoryTag>
    </spif:securityCategoryTagSet>
    <spif:securityCategoryTagSet name="Notes" id="2.25.1.3">
      <spif:securityCategoryTag name="Case" tagType="tagType7" tag7Encoding="securityAttributes">
        <spif:tagCategory name="case number" lacv="0" userInput="integer"/>
        <spif:tagCategory name="until" lacv="1" userInput="date" dateFormat="YYYY-MM-DD"/>
      </spif:securityCategoryTag>
      <spif:securityCategoryTag name="Kind" tagType="tagType7" tag7Encoding="bitSetAttributes">
        <spif:tagCategory name="quiet" lacv="2">
          <spif:markingData><spif:code>suppressClassName</spif:code></spif:markingData>
        </spif:tagCategory>
      </spif:securityCategoryTag>
    </spif:securityCategoryTagSet>
  </spif:securityCategoryTagSets>
  <spif:privacyMarks maxSelection="1" minSelection="0">
    <spif:privacyMark name="IN CONFIDENCE" obsolete="true">
      <spif:markingData phrase="in confidence"><spif:code>documentEnd</spif:code></spif:markingData>
    </spif:privacyMark>
    <spif:markingQualifier><spif:qualifier markingQualifier=", " qualifierCode="separator"/></spif:markingQualifier>
  </spif:privacyMarks>
  <spif:equivalentPolicies>
    <spif:equivalentPolicy name="FIR" id="2.25.2" docRefURI="https://fir.example/doc"/>
  </spif:equivalentPolicies>
  <spif:markingQualifier markingCode="pageTopBottom">
    <spif:qualifier markingQualifier=" / " qualifierCode="separator"/>
  </spif:markingQualifier>
  <spif:extensions><x:note xmlns:x="urn:x" x:by="a &quot;b&quot;">kept <x:b/></x:note></spif:extensions>
</spif:SPIF>
`;

/** The policy that ELM names equivalents in. */
export const FIR = `<SPIF xmlns="http://www.xmlspif.org/spif" schemaVersion="2.1" creationDate="20260101000000Z"
  originatorDN="CN=Registrar,O=Fir" keyIdentifier="00" privilegeId="2.25.2.9" rbacId="2.25.2.8">
  <securityPolicyId name="FIR" id="2.25.2"/>
  <securityClassifications>
    <securityClassification name="LOW" lacv="1" hierarchy="1"/>
    <securityClassification name="HIGH" lacv="2" hierarchy="2"/>
  </securityClassifications>
  <securityCategoryTagSets>
    <securityCategoryTagSet name="To" id="2.25.2.1">
      <securityCategoryTag name="To" tagType="permissive">
        <tagCategory name="N" lacv="5"/>
        <tagCategory name="S" lacv="6"/>
      </securityCategoryTag>
    </securityCategoryTagSet>
    <securityCategoryTagSet name="Handling" id="2.25.2.2">
      <securityCategoryTag name="Handling" tagType="tagType7" tag7Encoding="bitSetAttributes">
        <tagCategory name="imported" lacv="1"/>
      </securityCategoryTag>
    </securityCategoryTagSet>
  </securityCategoryTagSets>
</SPIF>
`;
