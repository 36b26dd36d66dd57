"""What Excel writes and no library does: put in part by part, as its own files have it."""

from __future__ import annotations

from tests.rich.drawn import CLIENTS, DAY, HEADINGS, PIVOT, ROWS
from tests.rich.package import MAIN, OFFICE, Package
from tests.rich.stubs import printer_settings

WORKBOOK = "xl/workbook.xml"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
EXCEL = "application/vnd.ms-excel.{}+xml"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
X15 = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
ADA = "{11111111-2222-3333-4444-555555555555}"
TALK, REPLY = "{AAAAAAAA-0000-0000-0000-000000000001}", "{AAAAAAAA-0000-0000-0000-000000000002}"
AFTER_PIVOTS = ("<smartTagPr", "<smartTagTypes", "<webPublishing", "<fileRecoveryPr", "<extLst", "</workbook>")
ONLY_NUMBERS = 'containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1"'
BEHIND_NAMES = ("<definedNames", "<calcPr")


def written_in(package: Package) -> None:
    """Everything."""
    _calculation(package)
    _threaded_comments(package)
    _slicer(package)
    _pivot(package)
    _custom_xml(package)
    _label(package)
    _printer(package)
    _validation(package)
    _external_link(package)


def _calculation(package: Package) -> None:
    """As Excel saves it: nothing to be computed on loading."""
    package.replace(WORKBOOK, '<calcPr calcId="124519" fullCalcOnLoad="1"/>', '<calcPr calcId="191029"/>')


def _threaded_comments(package: Package) -> None:
    sheet = package.sheet("Overzicht")
    package.replace(
        package.related(sheet, "comments"),
        "<authors><author>Ada</author></authors>",
        f"<authors><author>Ada</author><author>tc={TALK}</author></authors>",
    )
    comment = f'<threadedComment ref="M9" dT="2026-11-20T10:00:00.00" personId="{ADA}" id="{TALK}">'
    reply = f'<threadedComment ref="M9" dT="2026-11-21T10:00:00.00" personId="{ADA}" id="{REPLY}" parentId="{TALK}">'
    talk = f"{comment}<text>Bespreken met Bo</text></threadedComment>{reply}<text>Gedaan</text></threadedComment>"
    part, persons = "xl/threadedComments/threadedComment1.xml", "xl/persons/person.xml"
    package.add(
        part, f'<ThreadedComments xmlns="{THREADS}">{talk}</ThreadedComments>', EXCEL.format("threadedcomments")
    )
    who = f'<person displayName="Ada" id="{ADA}" userId="ada@example.org" providerId="None"/>'
    package.add(persons, f'<personList xmlns="{THREADS}">{who}</personList>', EXCEL.format("person"))
    package.relate(sheet, "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment", part)
    package.relate(WORKBOOK, "http://schemas.microsoft.com/office/2017/10/relationships/person", persons)


def _slicer(package: Package) -> None:
    """Buttons that filter the table of clients by channel."""
    cache, slicer = "xl/slicerCaches/slicerCache1.xml", "xl/slicers/slicer1.xml"
    table = f'<x15:tableSlicerCache xmlns:x15="{X15}" tableId="1" column="2"/>'
    package.add(
        cache,
        f'<slicerCacheDefinition xmlns="{X14}" xmlns:x="{MAIN}" name="Slicer_Kanaal" sourceName="Kanaal">'
        f'<extLst><x:ext uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}">{table}</x:ext></extLst>'
        "</slicerCacheDefinition>",
        EXCEL.format("slicerCache"),
    )
    one = '<slicer name="Kanaal" cache="Slicer_Kanaal" caption="Kanaal" rowHeight="241300"/>'
    package.add(slicer, f'<slicers xmlns="{X14}">{one}</slicers>', EXCEL.format("slicer"))
    kind = "http://schemas.microsoft.com/office/2007/relationships"
    of_cache = package.relate(WORKBOOK, f"{kind}/slicerCache", cache)
    caches = f'<x14:slicerCache xmlns:x14="{X14}" r:id="{of_cache}"/>'
    package.extend(
        WORKBOOK,
        f'<ext uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{X15}">'
        f"<x15:slicerCaches>{caches}</x15:slicerCaches></ext>",
    )
    sheet = package.sheet(CLIENTS)
    of_slicer = package.relate(sheet, f"{kind}/slicer", slicer)
    package.extend(
        sheet,
        f'<ext uri="{{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}}" xmlns:x14="{X14}">'
        f'<x14:slicerList><x14:slicer r:id="{of_slicer}"/></x14:slicerList></ext>',
    )


def _pivot(package: Package) -> None:
    """Amounts by channel: a table, the rows that it was made of, and what these rows have for columns."""
    folder = "xl/pivotCache/pivotCache"
    definition, records, table = f"{folder}Definition1.xml", f"{folder}Records1.xml", "xl/pivotTables/pivotTable1.xml"
    channels = sorted({channel for _, channel, _ in ROWS})
    package.add(records, _pivot_records(channels), SPREADSHEET.format("pivotCacheRecords"))
    package.add(definition, "", SPREADSHEET.format("pivotCacheDefinition"))
    of_records = package.relate(definition, f"{OFFICE}/pivotCacheRecords", records)
    package.parts[definition] += _pivot_source(channels, of_records).encode()
    package.add(table, _pivot_table(len(channels)), SPREADSHEET.format("pivotTable"))
    package.relate(table, f"{OFFICE}/pivotCacheDefinition", definition)
    package.relate(package.sheet(PIVOT), f"{OFFICE}/pivotTable", table)
    of_cache = package.relate(WORKBOOK, f"{OFFICE}/pivotCacheDefinition", definition)
    cache = f'<pivotCaches><pivotCache cacheId="1" r:id="{of_cache}"/></pivotCaches>'
    package.put_before(WORKBOOK, AFTER_PIVOTS, cache)


def _pivot_records(channels: list[str]) -> str:
    rows = "".join(f'<r><s v="{who}"/><x v="{channels.index(by)}"/><n v="{much}"/></r>' for who, by, much in ROWS)
    return f'<pivotCacheRecords xmlns="{MAIN}" count="{len(ROWS)}">{rows}</pivotCacheRecords>'


def _pivot_source(channels: list[str], of_records: str) -> str:
    low, high = min(amount for *_, amount in ROWS), max(amount for *_, amount in ROWS)
    items = "".join(f'<s v="{channel}"/>' for channel in channels)
    shared = (
        "<sharedItems/>",
        f'<sharedItems count="{len(channels)}">{items}</sharedItems>',
        f'<sharedItems {ONLY_NUMBERS} minValue="{low}" maxValue="{high}"/>',
    )
    fields = "".join(
        f'<cacheField name="{name}" numFmtId="0">{of_field}</cacheField>'
        for name, of_field in zip(HEADINGS, shared, strict=True)
    )
    return (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="{of_records}" recordCount="{len(ROWS)}">'
        '<cacheSource type="worksheet"><worksheetSource name="Klanten"/></cacheSource>'
        f'<cacheFields count="{len(HEADINGS)}">{fields}</cacheFields></pivotCacheDefinition>'
    )


def _pivot_table(channels: int) -> str:
    items = "".join(f'<item x="{n}"/>' for n in range(channels)) + '<item t="default"/>'
    axis = f'<pivotField axis="axisRow" showAll="0"><items count="{channels + 1}">{items}</items></pivotField>'
    fields = f'<pivotField showAll="0"/>{axis}<pivotField dataField="1" showAll="0"/>'
    rows = "".join(f'<i><x v="{n}"/></i>' for n in range(channels)) + '<i t="grand"><x/></i>'
    return (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Draai" cacheId="1" dataCaption="Waarden">'
        f'<location ref="A3:B{4 + channels}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>'
        f'<pivotFields count="3">{fields}</pivotFields><rowFields count="1"><field x="1"/></rowFields>'
        f'<rowItems count="{channels + 1}">{rows}</rowItems><colItems count="1"><i/></colItems>'
        '<dataFields count="1"><dataField name="Som van Bedrag" fld="2"/></dataFields></pivotTableDefinition>'
    )


def _custom_xml(package: Package) -> None:
    """What a document system keeps with the file."""
    item, properties = "customXml/item1.xml", "customXml/itemProps1.xml"
    package.parts[item] = b'<klant xmlns="urn:example:klant"><nummer>42</nummer></klant>'
    space = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    package.add(
        properties,
        f'<ds:datastoreItem ds:itemID="{ADA}" xmlns:ds="{space}"><ds:schemaRefs/></ds:datastoreItem>',
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    package.relate(item, f"{OFFICE}/customXmlProps", properties)
    package.relate(WORKBOOK, f"{OFFICE}/customXml", item)


def _label(package: Package) -> None:
    """A sensitivity label."""
    part, space = "docMetadata/LabelInfo.xml", "http://schemas.microsoft.com/office/2020/mipLabelMetadata"
    label = f'<clbl:label id="{ADA}" enabled="1" method="Standard" siteId="{ADA}" contentBits="0" removed="0"/>'
    package.add(
        part,
        f'<clbl:labelList xmlns:clbl="{space}">{label}</clbl:labelList>',
        "application/vnd.ms-office.classificationlabels+xml",
    )
    package.relate("", "http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", part)


def _printer(package: Package) -> None:
    part, sheet = "xl/printerSettings/printerSettings1.bin", package.sheet("Overzicht")
    package.add(
        part,
        printer_settings(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings",
    )
    id = package.relate(sheet, f"{OFFICE}/printerSettings", part)
    package.replace(sheet, "<pageSetup ", f'<pageSetup r:id="{id}" ')


def _validation(package: Package) -> None:
    """A list to choose from that stands on another tab, in the extended form."""
    one = (
        '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1">'
        f"<x14:formula1><xm:f>{CLIENTS}!$A$2:$A$5</xm:f></x14:formula1><xm:sqref>M31:M40</xm:sqref></x14:dataValidation>"
    )
    package.extend(
        package.sheet("Overzicht"),
        f'<ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}">'
        f'<x14:dataValidations xmlns:xm="{XM}" count="1">{one}</x14:dataValidations></ext>',
    )


def _external_link(package: Package) -> None:
    """The tab DAY looks into last quarter's workbook."""
    part = "xl/externalLinks/externalLink1.xml"
    package.add(part, "", SPREADSHEET.format("externalLink"))
    id = package.relate(part, f"{OFFICE}/externalLinkPath", "file:///C:/plannen/2026-Q3.xlsx")
    names = '<sheetNames><sheetName val="Overzicht"/></sheetNames>'
    cells = (
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>3</v></cell></row></sheetData></sheetDataSet>'
    )
    package.parts[part] += (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="{id}">{names}{cells}</externalBook>'
        "</externalLink>"
    ).encode()
    of_link = package.relate(WORKBOOK, f"{OFFICE}/externalLink", part)
    package.put_before(
        WORKBOOK,
        BEHIND_NAMES,
        f'<externalReferences><externalReference r:id="{of_link}"/></externalReferences>',
    )
    formula = '<c r="A13"><f>[1]Overzicht!$A$1</f><v>3</v></c>'
    package.replace(package.sheet(DAY), "</row></sheetData>", f'</row><row r="13">{formula}</row></sheetData>')
